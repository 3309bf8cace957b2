import { DynamoAccessStore } from '#adapters/dynamodb/access-store.ts'
import { DynamoBatchStore } from '#adapters/dynamodb/batch-store.ts'
import { DynamoBudgetStore } from '#adapters/dynamodb/budget-store.ts'
import { DynamoLineStore } from '#adapters/dynamodb/line-store.ts'
import { DynamoListStore } from '#adapters/dynamodb/list-store.ts'
import { DynamoLocationStore } from '#adapters/dynamodb/location-store.ts'
import { Meter } from '#adapters/dynamodb/meter.ts'
import { DynamoPairStore } from '#adapters/dynamodb/pair-store.ts'
import { DynamoRecordStore } from '#adapters/dynamodb/record-store.ts'
import { connect, documentsOf, Tables } from '#adapters/dynamodb/tables.ts'
import { MemoryIndex } from '#adapters/memory-search/memory-index.ts'
import { NoIndex } from '#adapters/no-search/no-index.ts'
import { Cluster } from '#adapters/opensearch/cluster.ts'
import { OpenSearchLineIndex } from '#adapters/opensearch/line-index.ts'
import { OpenSearchIndex } from '#adapters/opensearch/opensearch-index.ts'
import type { Field } from '#contract/schemas/field.ts'
import { authorisedFields } from '#domain/fields/fields.ts'
import type { LineIndex, Ports } from '#domain/ports.ts'
import { once, settings } from './settings.ts'

const documents = once(() => documentsOf(connect({ endpoint: settings().DYNAMODB_ENDPOINT })))

/** The OpenSearch that the process was told of. */
const cluster = once((): Cluster | null => {
  const { OPENSEARCH_ENDPOINT: url, OPENSEARCH_REGION: region } = settings()
  return url === undefined ? null : new Cluster({ url, region })
})

/** What an index is called, and this location's alone. */
const aliasOf = (what: 'customers' | 'audit') =>
  `${settings().OPENSEARCH_PREFIX}${what}-${settings().REGISTRY_LOCATION}`

/** The process's search index. On one machine the functions share a process, and so an index in memory. */
const index = once((): Ports['index'] => {
  if (settings().SEARCH_INDEX === 'none') return new NoIndex()
  const there = cluster()
  return there ? new OpenSearchIndex(there, aliasOf('customers')) : new MemoryIndex()
})

/** The lines for reports; null where there is no OpenSearch. */
export const lineIndex = once((): LineIndex | null => {
  const there = cluster()
  return there ? new OpenSearchLineIndex(there, aliasOf('audit')) : null
})

/** Entries of the directory of days that this process has put. */
const listedDays = once(() => new Set<string>())

export interface Services extends Ports {
  tables: Tables
  meter: Meter
}

/** The ports made real, with a meter of their own: what one call costs. */
export function services(meter = new Meter()): Services {
  const { REGISTRY_TABLE: registry, VIEWS_TABLE: views } = settings()
  const tables = new Tables(documents(), { registry, views }, meter)
  return {
    records: new DynamoRecordStore(tables),
    lists: new DynamoListStore(tables),
    exact: new DynamoListStore(tables),
    lines: new DynamoLineStore(tables, listedDays()),
    batches: new DynamoBatchStore(tables),
    budgets: new DynamoBudgetStore(tables),
    locations: new DynamoLocationStore(tables),
    pairs: new DynamoPairStore(tables),
    accesses: new DynamoAccessStore(tables),
    index: index(),
    tables,
    meter,
  }
}

/** How long a process goes by the fields that it read. */
const FIELDS_KEPT_MS = 1000
let known: { fields: Promise<ReadonlyMap<string, Field>>; until: number } | null = null

/** The authorised fields, at most a second old. */
export function fields({ lists }: Pick<Ports, 'lists'>): Promise<ReadonlyMap<string, Field>> {
  if (known === null || known.until < Date.now()) {
    const read = authorisedFields(lists)
    known = { fields: read, until: Date.now() + FIELDS_KEPT_MS }
    read.catch(() => {
      known = null
    })
  }
  return known.fields
}

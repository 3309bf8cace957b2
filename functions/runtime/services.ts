import { DynamoAccessStore } from '#adapters/dynamodb/access-store.ts'
import { AuditPostings } from '#adapters/dynamodb/audit-postings.ts'
import { DynamoAuditStore } from '#adapters/dynamodb/audit-store.ts'
import { DynamoBatchStore } from '#adapters/dynamodb/batch-store.ts'
import { CapacityMeter } from '#adapters/dynamodb/capacity-meter.ts'
import { DynamoChangeLogStore } from '#adapters/dynamodb/change-log-store.ts'
import { DynamoErasureStore } from '#adapters/dynamodb/erasure-store.ts'
import { DynamoInactiveStore } from '#adapters/dynamodb/inactive-store.ts'
import { DynamoListStore } from '#adapters/dynamodb/list-store.ts'
import { DynamoLocationStore } from '#adapters/dynamodb/location-store.ts'
import { DynamoPairStore } from '#adapters/dynamodb/pair-store.ts'
import { DynamoPurchaseStore } from '#adapters/dynamodb/purchase-store.ts'
import { DynamoPurgeStore } from '#adapters/dynamodb/purge-store.ts'
import { DynamoRateLimiter } from '#adapters/dynamodb/rate-limiter.ts'
import { DynamoRecordStore } from '#adapters/dynamodb/record-store.ts'
import type { Tables } from '#adapters/dynamodb/tables.ts'
import { MemoryIndex } from '#adapters/memory-search/memory-index.ts'
import { ThreadIndex } from '#adapters/memory-search/thread-index.ts'
import { DisabledIndex } from '#adapters/no-search/disabled-index.ts'
import { OpenSearchAuditIndex } from '#adapters/opensearch/audit-index.ts'
import { Cluster } from '#adapters/opensearch/cluster.ts'
import { OpenSearchIndex } from '#adapters/opensearch/opensearch-index.ts'
import type { AuditIndex } from '#domain/audit/port.ts'
import { RecentEntries } from '#domain/audit/recent-entries.ts'
import type { Definitions } from '#domain/fields/definitions.ts'
import { authorisedFields } from '#domain/fields/fields.ts'
import { lazy } from '#domain/lazy.ts'
import type { RetentionStores } from '#domain/retention/port.ts'
import { isFillable } from '#domain/search/port.ts'
import type { Ports } from './ports.ts'
import { getSettings } from './settings.ts'
import { createTables } from './tables.ts'

/** The OpenSearch cluster that the environment names. */
const getCluster = lazy((): Cluster | null => {
  const { OPENSEARCH_ENDPOINT: url, OPENSEARCH_REGION: region } = getSettings()
  return url === undefined ? null : new Cluster({ url, region })
})

/** An index's alias, unique to this location. */
const getIndexAlias = (kind: 'customers' | 'audit') =>
  `${getSettings().OPENSEARCH_PREFIX}${kind}-${getSettings().REGISTRY_LOCATION}`

/** The process's search index. On one machine all functions share a process, and therefore the in-memory index. */
const getIndex = lazy((): Ports['index'] => {
  const { SEARCH_INDEX: kind } = getSettings()
  if (kind === 'none') return new DisabledIndex()
  const cluster = getCluster()
  if (cluster) return new OpenSearchIndex(cluster, getIndexAlias('customers'))
  return kind === 'thread' ? new ThreadIndex() : new MemoryIndex()
})

/** The index of audit entries in OpenSearch; null without it. */
const getSearchedAudit = lazy((): AuditIndex | null => {
  const cluster = getCluster()
  return cluster ? new OpenSearchAuditIndex(cluster, getIndexAlias('audit')) : null
})

/** The latest audit entries, if all functions share this process. With OpenSearch, its index finds enough of them. */
const getRecentEntries = lazy((): RecentEntries | null => (isFillable(getIndex()) ? new RecentEntries() : null))

/** Entries of the directory of days that this process has written. */
const getListedDays = lazy(() => new Set<string>())

export interface Services extends Ports, RetentionStores {
  auditIndex: AuditIndex
  recentEntries: RecentEntries | null
  tables: Tables
  meter: CapacityMeter
}

/** Composes the ports' implementations, with a capacity meter of their own that measures one request. */
export function createServices(meter = new CapacityMeter()): Services {
  const tables = createTables(meter)
  const recentEntries = getRecentEntries()
  return {
    records: new DynamoRecordStore(tables),
    lists: new DynamoListStore(tables),
    lines: new DynamoChangeLogStore(tables, getListedDays()),
    batches: new DynamoBatchStore(tables),
    budgets: new DynamoRateLimiter(tables),
    locations: new DynamoLocationStore(tables),
    pairs: new DynamoPairStore(tables),
    accesses: new DynamoAccessStore(tables, getListedDays(), recentEntries),
    audit: new DynamoAuditStore(tables),
    purchases: new DynamoPurchaseStore(tables),
    inactive: new DynamoInactiveStore(tables),
    purges: new DynamoPurgeStore(tables),
    erasures: new DynamoErasureStore(tables, recentEntries),
    index: getIndex(),
    auditIndex: getSearchedAudit() ?? new AuditPostings(tables),
    recentEntries,
    tables,
    meter,
  }
}

/** How long a process caches field definitions. */
const FIELDS_TTL_MS = 1000
let cachedFields: { fields: Promise<Definitions>; until: number } | null = null

/** Drops the cached fields, after a change or for a consistent read. */
export function invalidateFields(): void {
  cachedFields = null
}

/** The authorised fields and types, at most one second old. */
export function getFields({ lists }: Pick<Ports, 'lists'>): Promise<Definitions> {
  if (cachedFields === null || cachedFields.until < Date.now()) {
    const entry = { fields: authorisedFields(lists), until: Date.now() + FIELDS_TTL_MS }
    cachedFields = entry
    entry.fields.catch(() => {
      if (cachedFields === entry) cachedFields = null
    })
  }
  return cachedFields.fields
}

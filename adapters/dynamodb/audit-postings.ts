import * as z from 'zod'
import type { AuditFilter } from '#contract/schemas/audit.ts'
import { filterFields, firstInOrder } from '#domain/audit/entries.ts'
import type { AuditIndex, Entry, EntryName, Keys } from '#domain/audit/port.ts'
import { entryTerms, filterTerms, type Term } from '#domain/audit/terms.ts'
import { Unavailable } from '#domain/errors.ts'
import { putAll } from './batch.ts'
import type { Tables } from './tables.ts'

/** The name of the index. Another number makes it anew, from the first entry on. */
const NAME = 'postings.2'

const toPartition = (term: Term): string => `audit-${term}`

/** What a posting says of its entry, so that filters by these need not read the entry. */
const DESCRIBED = ['actor', 'action', 'location'] as const
const posting = z.object({
  sk: z.string(),
  /** The record of a version's entry. */
  id: z.string().nullable().default(null),
  actor: z.string(),
  action: z.string(),
  location: z.string(),
})
type Posting = z.infer<typeof posting>

function* toPostings(entries: readonly Entry[]): Generator<Record<string, unknown>> {
  for (const entry of entries) {
    const { actor, action, location } = filterFields(entry)
    const id = 'line' in entry ? { id: entry.line.id } : {}
    const described = { sk: entry.key, ...id, actor, action, location }
    for (const term of entryTerms(entry)) yield { pk: toPartition(term), ...described }
  }
}

const describes = (row: Posting, filter: AuditFilter): boolean =>
  DESCRIBED.every(member => filter[member] === undefined || filter[member] === row[member])

/**
 * An index of the audit for locations without OpenSearch, in `views`: a row for the customer that an entry changed or was about, for each
 * customer that it showed, and for each question that it asked. It finds entries by these only; other filters read the entries.
 */
export class AuditPostings implements AuditIndex {
  readonly #tables: Tables

  constructor(tables: Tables) {
    this.#tables = tables
  }

  supports(filter: AuditFilter): boolean {
    return filterTerms(filter) !== null
  }

  async begin(): Promise<string> {
    return NAME
  }

  async put(name: string, entries: readonly Entry[]): Promise<boolean> {
    if (name !== NAME) return false
    await putAll(this.#tables, toPostings(entries))
    return true
  }

  async find(name: string, filter: AuditFilter, keys: Keys, newestFirst: boolean, limit: number): Promise<EntryName[]> {
    if (name !== NAME) throw new Unavailable('The index of the audit is of another kind')
    const partitions = (filterTerms(filter) ?? []).map(toPartition)
    const found = await Promise.all(partitions.map(pk => this.#find(pk, filter, keys, newestFirst, limit)))
    return firstInOrder(found.flat(), newestFirst, limit)
  }

  /** Up to `limit` entries of a partition. */
  async #find(
    pk: string,
    filter: AuditFilter,
    { above, below }: Keys,
    newestFirst: boolean,
    limit: number,
  ): Promise<EntryName[]> {
    const found: EntryName[] = []
    const pages = this.#tables.pages({
      TableName: this.#tables.names.views,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :above AND :below',
      ExpressionAttributeValues: { ':pk': pk, ':above': above, ':below': below },
      ScanIndexForward: !newestFirst,
      // A bound itself is not part of the range.
      Limit: limit + 2,
    })
    for await (const { Items = [] } of pages) {
      const rows = Items.map(item => posting.parse(item))
      const matching = rows.filter(row => row.sk > above && row.sk < below && describes(row, filter))
      found.push(...matching.map(({ sk, id }) => ({ key: sk, id })))
      if (found.length >= limit) break
    }
    return found.slice(0, limit)
  }
}

import * as z from 'zod'
import type { AuditFilter } from '#contract/schemas/audit.ts'
import { askedIn, filterFields, shownIn, toOutcome, toTime } from '#domain/audit/entries.ts'
import type { AuditIndex, Entry, EntryName, Keys } from '#domain/audit/port.ts'
import { bulk } from './bulk.ts'
import type { Cluster } from './cluster.ts'
import { EngineRefusal, isMissing, unreachable } from './errors.ts'
import { IndexVersions } from './index-versions.ts'
import { ENTRIES } from './template.ts'

const FIND_MS = 2500
const REFRESH_MS = 30_000

const name = z.object({ key: z.string(), id: z.string().nullable().default(null) })
const answer = z.object({ timed_out: z.boolean(), hits: z.object({ hits: z.array(z.object({ _source: name })) }) })

const toDocument = (entry: Entry) => ({
  key: entry.key,
  at: toTime(entry),
  ...('line' in entry ? { id: entry.line.id } : {}),
  ...filterFields(entry),
  shown: shownIn(entry),
  asked: askedIn(entry),
})

/** An entry with a final outcome replaces the one without, in any order of arrival. */
const toVersion = (entry: Entry): number => (toOutcome(entry) === 'done' ? 1 : 2)

const toTerms = (filter: AuditFilter) =>
  Object.entries(filter).flatMap(([member, value]) =>
    value === undefined ? [] : [{ terms: { [member]: [value].flat() } }],
  )

/** An index of a location's audit entries: who, when, where, what and about whom, without their content. */
export class OpenSearchAuditIndex implements AuditIndex {
  readonly #cluster: Cluster
  readonly #makings: IndexVersions

  constructor(cluster: Cluster, alias: string) {
    this.#cluster = cluster
    this.#makings = new IndexVersions(cluster, alias, ENTRIES)
  }

  supports(): boolean {
    return true
  }

  async begin(): Promise<string> {
    const name = await this.#makings.begin()
    await this.#makings.adopt(name)
    return name
  }

  async put(index: string, entries: readonly Entry[]): Promise<boolean> {
    if (!this.#makings.owns(index)) return false
    const operations = entries.map(entry => ({
      action: { index: { _id: entry.key, version: toVersion(entry), version_type: 'external_gte' as const } },
      document: toDocument(entry),
    }))
    try {
      await bulk(this.#cluster, this.#makings.into(index), operations)
      const refresh = { method: 'POST', path: `/${index}/_refresh`, within: REFRESH_MS }
      await this.#cluster.write(refresh, z.unknown())
      return true
    } catch (error) {
      if (isMissing(error)) return false
      throw error
    }
  }

  async find(
    index: string,
    filter: AuditFilter,
    { above, below }: Keys,
    newestFirst: boolean,
    size: number,
  ): Promise<EntryName[]> {
    if (!this.#makings.owns(index)) throw unreachable()
    const body = {
      size,
      track_total_hits: false,
      _source: ['key', 'id'],
      query: { bool: { filter: [...toTerms(filter), { range: { key: { gt: above, lt: below } } }] } },
      sort: [{ key: newestFirst ? 'desc' : 'asc' }],
    }
    const querystring = { allow_partial_search_results: 'false' }
    const demand = { method: 'POST', path: `/${index}/_search`, querystring, body, within: FIND_MS }
    try {
      const { hits } = await this.#cluster.read(demand, answer, ({ timed_out }) => {
        if (timed_out) throw unreachable()
      })
      return hits.hits.map(({ _source }) => _source)
    } catch (error) {
      // The caller reads the tables instead, whatever the reason.
      throw error instanceof EngineRefusal ? unreachable() : error
    }
  }
}

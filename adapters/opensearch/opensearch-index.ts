import * as z from 'zod'
import type { SearchCriteria } from '#contract/schemas/search.ts'
import type { TokenCounts } from '#domain/matching/port.ts'
import type {
  Candidate,
  CandidateFilter,
  CandidateIndex,
  CountFilter,
  IndexEntry,
  PutOptions,
  SortedQuery,
  SortPosition,
} from '#domain/search/port.ts'
import { bulk } from './bulk.ts'
import type { Cluster } from './cluster.ts'
import { countCustomers, countWords } from './counts.ts'
import { decodeEntry, toDocument } from './document.ts'
import { refused, unreachable } from './errors.ts'
import { IndexVersions } from './index-versions.ts'
import { candidatesQuery, exactQuery, listedQuery, sortedQuery } from './query.ts'
import { CUSTOMERS } from './template.ts'

/** The timeout of a search, and for each further one in the same round trip, in milliseconds. */
const SEARCH_MS = 2500
const FURTHER_MS = 50
const WRITE_MS = 30_000
/** How long counts of words are cached; they hardly change within a minute. */
const COUNTS_KEPT_MS = 30_000

const entries = z.object({
  timed_out: z.boolean(),
  hits: z.object({ hits: z.array(z.object({ fields: z.object({ entry: z.tuple([z.string()]) }) })) }),
})
const failed = z.object({ status: z.number(), error: z.object({ type: z.string() }) })
const manyEntries = z.object({ responses: z.array(z.union([entries, failed])) })
const ids = z.object({
  timed_out: z.boolean(),
  hits: z.object({ hits: z.array(z.object({ sort: z.tuple([z.string()]) })) }),
})
const positions = z.object({
  timed_out: z.boolean(),
  hits: z.object({ hits: z.array(z.object({ sort: z.tuple([z.string(), z.string()]) })) }),
})
const sources = z.object({
  docs: z.array(
    z.union([
      z.object({ found: z.literal(true), _version: z.number(), _source: z.object({ entry: z.string() }) }),
      z.object({ found: z.literal(false) }),
      z.object({ error: z.object({ type: z.string() }) }),
    ]),
  ),
})

/** Refuses partial results, which a search that timed out returns. */
function assertComplete({ timed_out }: { timed_out: boolean }): void {
  if (timed_out) throw unreachable()
}

const candidatesIn = (answer: z.infer<typeof entries>): Candidate[] =>
  answer.hits.hits.map(({ fields }) => decodeEntry(fields.entry[0]))

/** The candidate index in OpenSearch, behind an alias. */
export class OpenSearchIndex implements CandidateIndex {
  readonly engine = 'opensearch'
  readonly alias: string
  readonly #cluster: Cluster
  readonly #makings: IndexVersions
  readonly #countsKept: number
  #counts: { asked: Promise<TokenCounts>; until: number } | null = null

  /** @param countsKept how long counts of words are cached, in milliseconds. */
  constructor(cluster: Cluster, alias: string, countsKept = COUNTS_KEPT_MS) {
    this.#cluster = cluster
    this.alias = alias
    this.#makings = new IndexVersions(cluster, alias, CUSTOMERS)
    this.#countsKept = countsKept
  }

  /** @throws Unavailable, DocumentsRefused */
  async put(entries: readonly IndexEntry[], { into, visible = false }: PutOptions = {}): Promise<void> {
    const operations = entries.map(entry => ({
      action: { index: { _id: entry.id, version: entry.version, version_type: 'external_gte' as const } },
      document: toDocument(entry),
    }))
    const alias = this.#makings.into(into)
    await this.#of(into, async () => {
      await bulk(this.#cluster, alias, operations)
      if (visible)
        await this.#cluster.write({ method: 'POST', path: `/${alias}/_refresh`, within: WRITE_MS }, z.unknown())
    })
  }

  async candidates(
    examples: readonly SearchCriteria[],
    size: number,
    filter: CandidateFilter = {},
  ): Promise<Candidate[][]> {
    const searches = examples.map(example => candidatesQuery(example, size, filter))
    const requests = searches.flatMap(search => (search === null ? [] : [search]))
    if (requests.length === 0) return examples.map(() => [])
    const { responses } = await this.#makings.read(() => this.#searchAll(requests))
    const results = responses.values()
    return searches.map(search => {
      const answer = search === null ? undefined : results.next().value
      return answer !== undefined && 'hits' in answer ? candidatesIn(answer) : []
    })
  }

  async exact(words: readonly string[], limit: number, after?: string, type?: string): Promise<Candidate[]> {
    if (words.length === 0) return []
    return candidatesIn(await this.#makings.read(() => this.#search(exactQuery(words, limit, after, type), entries)))
  }

  async sorted(query: SortedQuery): Promise<SortPosition[]> {
    const { hits } = await this.#makings.read(() => this.#search(sortedQuery(query), positions))
    return hits.hits.map(({ sort: [key, id] }) => ({ key, id }))
  }

  async count(filter: CountFilter): Promise<number> {
    return this.#makings.read(() => countCustomers(this.#cluster, this.alias, filter))
  }

  async tokens(): Promise<TokenCounts> {
    if (this.#counts === null || this.#counts.until < Date.now()) {
      const counts = this.#makings.read(() => countWords(this.#cluster, this.alias))
      this.#counts = { asked: counts, until: Date.now() + this.#countsKept }
      counts.catch(() => {
        this.#counts = null
      })
    }
    return this.#counts.asked
  }

  create(): Promise<string> {
    return this.#makings.begin()
  }

  promote(name: string): Promise<void> {
    return this.#makings.adopt(name)
  }

  async getMany(ids: readonly string[], name?: string): Promise<IndexEntry[]> {
    if (ids.length === 0) return []
    const demand = {
      method: 'POST',
      path: `/${name ?? this.alias}/_mget`,
      body: { ids },
      within: WRITE_MS,
    }
    const { docs } = await this.#of(name, () =>
      this.#cluster.read(demand, sources, ({ docs }) => {
        for (const doc of docs) if ('error' in doc) throw refused(404, doc.error.type)
      }),
    )
    return docs.flatMap(doc =>
      'found' in doc && doc.found ? [{ version: doc._version, ...decodeEntry(doc._source.entry) }] : [],
    )
  }

  async listIds(after: string | null, limit: number): Promise<string[]> {
    const { hits } = await this.#makings.read(() => this.#search(listedQuery(after, limit), ids))
    return hits.hits.map(({ sort }) => sort[0])
  }

  /** Uses the index of that name, or the one in use. */
  #of<T>(name: string | undefined, use: () => Promise<T>): Promise<T> {
    return name === undefined ? this.#makings.inUse(use) : this.#makings.begun(use)
  }

  #search<T extends { timed_out: boolean }>(body: object, schema: z.ZodType<T>): Promise<T> {
    const path = `/${this.alias}/_search`
    const querystring = { allow_partial_search_results: 'false' }
    return this.#cluster.read({ method: 'POST', path, querystring, body, within: SEARCH_MS }, schema, assertComplete)
  }

  #searchAll(searches: readonly object[]): Promise<z.infer<typeof manyEntries>> {
    const header = JSON.stringify({ allow_partial_search_results: false })
    const demand = {
      method: 'POST',
      path: `/${this.alias}/_msearch`,
      bulkBody: searches.map(search => `${header}\n${JSON.stringify(search)}\n`).join(''),
      within: SEARCH_MS + FURTHER_MS * (searches.length - 1),
    }
    return this.#cluster.read(demand, manyEntries, ({ responses }) => {
      for (const answer of responses) {
        if ('error' in answer) throw refused(answer.status, answer.error.type)
        assertComplete(answer)
      }
    })
  }
}

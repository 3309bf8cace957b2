import type * as z from 'zod'
import type { Field } from '#contract/schemas/field.ts'
import type { Hit, MatchQuery, matchBody, searchBody } from '#contract/schemas/query.ts'
import type { Example, Match } from '#contract/schemas/search.ts'
import { currentView, personOf } from '../customers/view.ts'
import { readText } from '../matching/example.ts'
import { DEFAULT_THRESHOLD, match } from '../matching/match.ts'
import { words } from '../matching/normalise.ts'
import type { Candidate, Ports, TokenCounts } from '../ports.ts'
import type { Current } from '../records/current.ts'

/** How many candidates are scored for a query. */
const CANDIDATES = 200

interface Wanted {
  limit: number
  threshold: number
  type: string | undefined
  exclude: ReadonlySet<string>
}

type SearchPorts = Pick<Ports, 'records' | 'index'> & { fields: ReadonlyMap<string, Field> }

export const exampleOf = (query: MatchQuery): Example => ({
  text: null,
  surname: query.surname ?? null,
  given_name: query.given_name ?? null,
  dob: query.dob ?? null,
  document_number: query.document_number ?? null,
  details: query.details ?? {},
})

interface Scored {
  id: string
  match: Match
}

const best = (a: Scored, b: Scored): number => b.match.score - a.match.score || (a.id < b.id ? -1 : 1)

const score = (example: Example, candidates: readonly Candidate[], tokens: TokenCounts): Scored[] =>
  candidates.map(({ id, person }) => ({ id, match: match(example, person, tokens) })).sort(best)

/**
 * Reads the rows of what was found and scores them again as they are now: the index may be behind, and what is told of a customer
 * has to be what the list says.
 */
function hits(
  example: Example,
  rows: readonly Current[],
  fields: SearchPorts['fields'],
  tokens: TokenCounts,
  least: number,
): Hit[] {
  return rows
    .filter(row => row.snapshot.state === 'active')
    .map(row => ({
      id: row.id,
      customer: currentView(row),
      match: match(example, personOf(row.snapshot, fields), tokens),
    }))
    .filter(found => found.match.score >= least)
    .sort(best)
    .map(({ customer, match: { score, grade, reasons } }) => ({ customer, score, grade, reasons }))
}

/** Those on the list who resemble the example, likeliest first. @throws Unavailable */
async function resembling(
  examples: readonly Example[],
  { records, index, fields }: SearchPorts,
  wanted: Wanted,
): Promise<Hit[][]> {
  const tokens = await index.tokens()
  const found = await Promise.all(
    examples.map(async example => {
      const candidates = await index.candidates(example, CANDIDATES, wanted.type)
      const scored = score(example, candidates, tokens).filter(
        ({ id, match }) => match.score >= wanted.threshold && !wanted.exclude.has(id),
      )
      return scored.slice(0, wanted.limit)
    }),
  )
  const ids = [...new Set(found.flat().map(({ id }) => id))]
  const rows = new Map((await records.currents('customer', ids, false)).map(row => [row.id, row]))
  return examples.map((example, n) => {
    const mine = (found[n] ?? []).flatMap(({ id }) => rows.get(id) ?? [])
    return hits(example, mine, fields, tokens, wanted.threshold)
  })
}

export interface SearchAnswer {
  items: Hit[]
  threshold: number
  degraded: boolean
  engine: string
}

/** Finds customers by words. `exact`: every word stands in a name, the document number or a searchable field. @throws Unavailable */
export async function search(
  ports: SearchPorts,
  body: z.infer<typeof searchBody>,
  defaultLimit: number,
): Promise<SearchAnswer> {
  const { q, mode, type, limit = defaultLimit } = body
  const { records, index, fields } = ports
  const threshold = body.threshold ?? (mode === 'exact' ? 0 : DEFAULT_THRESHOLD)
  const answer = (items: Hit[]) => ({ items, threshold, degraded: false, engine: index.engine })
  const asked = words(q)
  if (asked.length === 0) return answer([])
  if (mode === 'fuzzy') {
    const [items = []] = await resembling([readText(q)], ports, { limit, threshold, type, exclude: new Set() })
    return answer(items)
  }
  const found = await index.exact(asked, limit, undefined, type)
  const rows = await records.currents(
    'customer',
    found.map(({ id }) => id),
    false,
  )
  return answer(hits(readText(q), rows, fields, await index.tokens(), threshold))
}

/** Finds customers by example: a list of hits for each query, in the queries' order. @throws Unavailable */
export async function matchAll(
  ports: SearchPorts,
  body: z.infer<typeof matchBody>,
  defaultLimit: number,
): Promise<{ results: { query: MatchQuery; items: Hit[] }[] }> {
  const { queries, threshold = DEFAULT_THRESHOLD, limit = defaultLimit, type, explain } = body
  const exclude = new Set(body.exclude.map(id => id.toLowerCase()))
  const found = await resembling(queries.map(exampleOf), ports, { limit, threshold, type, exclude })
  return {
    results: queries.map((query, n) => ({
      query,
      items: (found[n] ?? []).map(hit => (explain ? hit : { ...hit, reasons: [] })),
    })),
  }
}

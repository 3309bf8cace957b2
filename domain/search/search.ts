import type * as z from 'zod'
import type { Field } from '#contract/schemas/field.ts'
import type { Hit, MatchQuery, matchBody, searchBody } from '#contract/schemas/query.ts'
import type { Example } from '#contract/schemas/search.ts'
import { currentView, personOf } from '../customers/view.ts'
import { InvalidInput } from '../errors.ts'
import { readText } from '../matching/example.ts'
import { DEFAULT_THRESHOLD } from '../matching/match.ts'
import { words } from '../matching/normalise.ts'
import { CANDIDATES, rank } from '../matching/rank.ts'
import type { Ports, TokenCounts } from '../ports.ts'
import type { Current } from '../records/current.ts'

/** How many hits one request may ask for: an answer has 6 MB at most. */
const MOST_HITS = 2500

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

/**
 * What was found as hits: scored once more by the rows as they are now. The index may be behind, and what is told of a customer has to
 * be what the list says.
 */
function hits(
  example: Example,
  rows: readonly Current[],
  { fields }: Pick<SearchPorts, 'fields'>,
  tokens: TokenCounts,
  { limit, threshold }: Pick<Wanted, 'limit' | 'threshold'>,
): Hit[] {
  const active = new Map(rows.filter(row => row.snapshot.state === 'active').map(row => [row.id, row]))
  const persons = [...active.values()].map(row => ({ id: row.id, person: personOf(row.snapshot, fields) }))
  return rank(example, persons, tokens, limit, threshold).flatMap(({ candidate, match }) => {
    const row = active.get(candidate.id)
    return row ? [{ customer: currentView(row), ...match }] : []
  })
}

/** Those on the list who resemble the examples, likeliest first. @throws Unavailable */
async function resembling(examples: readonly Example[], ports: SearchPorts, wanted: Wanted): Promise<Hit[][]> {
  const { records, index } = ports
  const tokens = await index.tokens()
  const candidates = await index.candidates(examples, CANDIDATES, { type: wanted.type })
  const found = examples.map((example, n) => {
    const open = (candidates[n] ?? []).filter(({ id }) => !wanted.exclude.has(id))
    return rank(example, open, tokens, wanted.limit, wanted.threshold).map(({ candidate }) => candidate.id)
  })
  const rows = new Map((await records.currents('customer', found.flat(), false)).map(row => [row.id, row]))
  return examples.map((example, n) => {
    const mine = (found[n] ?? []).flatMap(id => rows.get(id) ?? [])
    return hits(example, mine, ports, tokens, wanted)
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
  const { records, index } = ports
  const threshold = body.threshold ?? (mode === 'exact' ? 0 : DEFAULT_THRESHOLD)
  const answer = (items: Hit[]) => ({ items, threshold, degraded: false, engine: index.engine })
  const asked = words(q)
  if (asked.length === 0) return answer([])
  if (mode === 'fuzzy') {
    const [items = []] = await resembling([readText(q)], ports, { limit, threshold, type, exclude: new Set() })
    return answer(items)
  }
  const found = await index.exact(asked, CANDIDATES, undefined, type)
  const rows = await records.currents(
    'customer',
    found.map(({ id }) => id),
    false,
  )
  return answer(hits(readText(q), rows, ports, await index.tokens(), { limit, threshold }))
}

/** Finds customers by example: a list of hits for each query, in the queries' order. @throws Unavailable */
export async function matchAll(
  ports: SearchPorts,
  body: z.infer<typeof matchBody>,
  defaultLimit: number,
): Promise<{ results: { query: MatchQuery; items: Hit[] }[] }> {
  const { queries, threshold = DEFAULT_THRESHOLD, limit = defaultLimit, type, explain } = body
  if (queries.length * limit > MOST_HITS)
    throw new InvalidInput([{ pointer: '#/limit', detail: `times the queries must be at most ${MOST_HITS}` }])
  const exclude = new Set(body.exclude.map(id => id.toLowerCase()))
  const found = await resembling(queries.map(exampleOf), ports, { limit, threshold, type, exclude })
  return {
    results: queries.map((query, n) => ({
      query,
      items: (found[n] ?? []).map(hit => (explain ? hit : { ...hit, reasons: [] })),
    })),
  }
}

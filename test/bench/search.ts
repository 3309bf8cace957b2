/**
 * Measures the search through the product's own code: recall, false alarms and time.
 *
 *     npm run -s bench:search -- --records R.csv --queries Q.csv --fields surname,given_name[,dob[,document_number]]
 *         [--negatives N.csv] [--engine memory|opensearch] [--share even|odd]
 *
 * The last line is JSON. Customers of one score come in no order: where the expected one is among equals, recall counts the chance that
 * it is among the first n. `--share` takes half of the queries and negatives, by a hash of the row, so that one half can be held back.
 *
 * Times are those of one query after the other, from the example to the scores with their reasons: all queries, and the first 3,000
 * negatives; further ones are asked many at once and not timed. A few hundred queries go before, so that both engines are warm. OpenSearch
 * is the one at OPENSEARCH_ENDPOINT, with a temporary index.
 */
import { parseArgs } from 'node:util'
import type { SearchCriteria } from '#contract/schemas/search.ts'
import { createScorer, DEFAULT_THRESHOLD } from '#domain/matching/match.ts'
import { CANDIDATES, type Ranked, rank } from '#domain/matching/rank.ts'
import type { Candidate, CandidateIndex } from '#domain/search/port.ts'
import { cell, EVERY, load, makeIndex, type Place, within } from './candidate-indexes.ts'
import { atQuantile, round } from './quantiles.ts'
import { inShare, type Row, readRows } from './rows.ts'

const LIMIT = 25
/** Scores closer than this are the same. */
const EQUAL = 1e-9
const WARM_UP = 300
const TIMED_NEGATIVES = 3000
const AT_ONCE = 50
const IN_FLIGHT = 2

const exampleOf = (row: Row, fields: ReadonlySet<string>): SearchCriteria => ({
  text: null,
  surname: cell(row, 'surname', fields),
  given_name: cell(row, 'given_name', fields),
  dob: cell(row, 'dob', fields),
  document_number: cell(row, 'document_number', fields),
  details: {},
})

interface Asked {
  candidates: Candidate[]
  /** The best, as a caller gets them. */
  found: Ranked<Candidate>[]
  ms: number
}

async function ask(index: CandidateIndex, example: SearchCriteria): Promise<Asked> {
  const from = performance.now()
  const [candidates = []] = await index.candidates([example], CANDIDATES)
  const found = rank(example, candidates, await index.tokens(), LIMIT, 0)
  return { candidates, found, ms: performance.now() - from }
}

/** How many of the examples find somebody at the threshold; asked many at once. */
async function countFound(
  index: CandidateIndex,
  examples: readonly SearchCriteria[],
  threshold: number,
): Promise<number> {
  const tokens = await index.tokens()
  let [found, next] = [0, 0]
  const work = async () => {
    while (next < examples.length) {
      const some = examples.slice(next, next + AT_ONCE)
      next += some.length
      const candidates = await index.candidates(some, CANDIDATES)
      found += some.filter((example, n) => rank(example, candidates[n] ?? [], tokens, 1, threshold).length > 0).length
    }
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, work))
  return found
}

function toPlace(id: string | undefined, scores: ReadonlyMap<string, number>): Place | null {
  const expectedScore = scores.get(id ?? '')
  if (expectedScore === undefined) return null
  const all = [...scores.values()]
  return {
    better: all.filter(score => score > expectedScore + EQUAL).length,
    equal: all.filter(score => Math.abs(score - expectedScore) <= EQUAL).length,
  }
}

async function measure(
  index: CandidateIndex,
  queries: readonly Row[],
  negatives: readonly Row[],
  fields: ReadonlySet<string>,
  threshold: number,
) {
  for (const row of queries.slice(0, WARM_UP)) await ask(index, exampleOf(row, fields))
  const times: number[] = []
  const places: Place[] = []
  let over = 0
  for (const row of queries) {
    const example = exampleOf(row, fields)
    const { candidates, found, ms } = await ask(index, example)
    times.push(ms)
    const scorer = createScorer(example, await index.tokens())
    const place = toPlace(
      row.expected_id,
      new Map(candidates.map(({ id, person }) => [id, person ? scorer.score(person) : 0])),
    )
    if (place !== null) places.push(place)
    const hit = found.find(({ candidate }) => candidate.id === row.expected_id)
    if (hit !== undefined && hit.match.score >= threshold) over++
  }

  const strangers = negatives.map(row => exampleOf(row, fields))
  let alarms = 0
  for (const example of strangers.slice(0, TIMED_NEGATIVES)) {
    const { found, ms } = await ask(index, example)
    times.push(ms)
    if ((found[0]?.match.score ?? 0) >= threshold) alarms++
  }
  alarms += await countFound(index, strangers.slice(TIMED_NEGATIVES), threshold)

  times.sort((a, b) => a - b)
  const recall = (n: number) =>
    round(places.reduce((sum, place) => sum + within(n, place), 0) / Math.max(1, queries.length))
  return {
    queries: queries.length,
    engine: index.engine,
    recall_at_1: recall(1),
    recall_at_10: recall(10),
    recall_at_25: recall(25),
    mean_ms: round(times.reduce((sum, ms) => sum + ms, 0) / Math.max(1, times.length), 3),
    p50_ms: round(atQuantile(times, 0.5), 3),
    p99_ms: round(atQuantile(times, 0.99), 3),
    threshold,
    recall_at_threshold: round(over / Math.max(1, queries.length)),
    false_alarms_per_1000: negatives.length === 0 ? null : round((1000 * alarms) / negatives.length),
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      records: { type: 'string' },
      queries: { type: 'string' },
      fields: { type: 'string', default: 'surname,given_name' },
      negatives: { type: 'string' },
      engine: { type: 'string', default: 'memory' },
      threshold: { type: 'string', default: String(DEFAULT_THRESHOLD) },
      share: { type: 'string' },
    },
  })
  if (values.records === undefined || values.queries === undefined)
    throw new Error('--records and --queries are needed')
  const fields = new Set(values.fields.split(','))
  for (const field of fields)
    if (!EVERY.has(field)) throw new Error(`--fields: ${field} is none of ${[...EVERY].join(', ')}`)
  const threshold = Number(values.threshold)
  const { index, remove } = await makeIndex(values.engine)
  const mine = (rows: readonly Row[]) => rows.filter(row => inShare(row, values.share))
  try {
    const records = await readRows(values.records)
    await load(index, records)
    const queries = mine(await readRows(values.queries))
    const negatives = values.negatives === undefined ? [] : mine(await readRows(values.negatives))
    const measured = await measure(index, queries, negatives, fields, threshold)
    console.log(JSON.stringify({ records: records.length, ...measured }))
  } finally {
    await remove()
  }
}

await main().catch((error: Error) => {
  console.error(error.message)
  process.exitCode = 1
})

/**
 * Measures the search through the product's own code: recall, false alarms and time.
 *
 *     npm run -s bench:search -- --records R.csv --queries Q.csv --fields surname,given_name[,dob[,document_number]]
 *         [--negatives N.csv] [--engine memory|opensearch] [--share even|odd]
 *
 * The last line is JSON. Customers of one score come in no order: where the expected one is among equals, recall counts the chance that
 * it is among the first n. `--share` takes half of the queries and negatives, by a hash of the row, so that one half can be held back.
 */
import { parseArgs } from 'node:util'
import { MemoryIndex } from '#adapters/memory-search/memory-index.ts'
import type { Example, Person } from '#contract/schemas/search.ts'
import { DEFAULT_THRESHOLD, prepare } from '#domain/matching/match.ts'
import { CANDIDATES, type Ranked, rank } from '#domain/matching/rank.ts'
import type { Candidate, CandidateIndex } from '#domain/ports.ts'
import { inShare, type Row, readRows } from '../bench/rows.ts'

const LIMIT = 25
/** Scores closer than this are the same. */
const EQUAL = 1e-9
const BATCH = 500

function makeIndex(engine: string): CandidateIndex {
  if (engine === 'memory') return new MemoryIndex()
  throw new Error(`no engine named ${engine} can be measured here: use --engine memory`)
}

const cell = (row: Row, name: string, fields: ReadonlySet<string>) => (fields.has(name) ? row[name] || null : null)

const EVERY = new Set(['surname', 'given_name', 'dob', 'document_number'])

const personOf = (row: Row): Person => ({
  type: 'PERSON',
  surname: cell(row, 'surname', EVERY),
  given_name: cell(row, 'given_name', EVERY),
  dob: cell(row, 'dob', EVERY),
  document_number: cell(row, 'document_number', EVERY),
  details: {},
})

const exampleOf = (row: Row, fields: ReadonlySet<string>): Example => ({
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

async function ask(index: CandidateIndex, example: Example): Promise<Asked> {
  const from = performance.now()
  const [candidates = []] = await index.candidates([example], CANDIDATES)
  const found = rank(example, candidates, await index.tokens(), LIMIT, 0)
  return { candidates, found, ms: performance.now() - from }
}

/** Where the expected customer stands among all candidates: how many score better, and how many the same, it among them. */
interface Place {
  better: number
  equal: number
}

function placeOf(id: string | undefined, scores: ReadonlyMap<string, number>): Place | null {
  const own = scores.get(id ?? '')
  if (own === undefined) return null
  const all = [...scores.values()]
  return {
    better: all.filter(score => score > own + EQUAL).length,
    equal: all.filter(score => Math.abs(score - own) <= EQUAL).length,
  }
}

/** Chance that the expected customer is among the first n, customers of one score being in any order. */
const within = (n: number, { better, equal }: Place) => Math.max(0, Math.min(1, (n - better) / equal))

function atQuantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

const round = (value: number, digits = 4) => Number(value.toFixed(digits))

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
  const index = makeIndex(values.engine)

  const records = await readRows(values.records)
  const started = performance.now()
  for (let i = 0; i < records.length; i += BATCH) {
    await index.put(
      records.slice(i, i + BATCH).map(row => ({ id: row.id ?? '', version: 1, person: personOf(row), past: [] })),
    )
  }
  console.log(`loaded ${records.length} in ${round((performance.now() - started) / 1000, 2)} s`)

  const queries = (await readRows(values.queries)).filter(row => inShare(row, values.share))
  const times: number[] = []
  const places: Place[] = []
  let over = 0
  for (const row of queries) {
    const example = exampleOf(row, fields)
    const { candidates, found, ms } = await ask(index, example)
    times.push(ms)
    const scorer = prepare(example, await index.tokens())
    const place = placeOf(
      row.expected_id,
      new Map(candidates.map(({ id, person }) => [id, person ? scorer.score(person) : 0])),
    )
    if (place !== null) places.push(place)
    const hit = found.find(({ candidate }) => candidate.id === row.expected_id)
    if (hit !== undefined && hit.match.score >= threshold) over++
  }

  const negatives =
    values.negatives === undefined ? [] : (await readRows(values.negatives)).filter(row => inShare(row, values.share))
  let alarms = 0
  for (const row of negatives) {
    const { found, ms } = await ask(index, exampleOf(row, fields))
    times.push(ms)
    if ((found[0]?.match.score ?? 0) >= threshold) alarms++
  }

  times.sort((a, b) => a - b)
  const recall = (n: number) =>
    round(places.reduce((sum, place) => sum + within(n, place), 0) / Math.max(1, queries.length))
  console.log(
    JSON.stringify({
      records: records.length,
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
    }),
  )
}

await main().catch((error: Error) => {
  console.error(error.message)
  process.exitCode = 1
})

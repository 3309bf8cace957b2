/**
 * Measures the search through the product's own code: recall, false alarms and time.
 *
 *     npm run -s bench:search -- --records R.csv --queries Q.csv --fields surname,given_name[,dob[,document_number]]
 *         [--negatives N.csv] [--engine memory|opensearch] [--share even|odd]
 *
 * The last line is JSON. `--share` takes half of the queries and negatives, by a hash of the row, so that one half can be held back.
 */
import { parseArgs } from 'node:util'
import { MemoryIndex } from '#adapters/memory-search/memory-index.ts'
import type { Example, Person } from '#contract/schemas/search.ts'
import { DEFAULT_THRESHOLD } from '#domain/matching/match.ts'
import { CANDIDATES, rank } from '#domain/matching/rank.ts'
import type { CandidateIndex } from '#domain/ports.ts'
import { inShare, type Row, readRows } from '../domain/matching/rows.ts'

const LIMIT = 25
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
  /** Ids found, best first, with their scores. */
  found: { id: string; score: number }[]
  ms: number
}

async function ask(index: CandidateIndex, row: Row, fields: ReadonlySet<string>): Promise<Asked> {
  const from = performance.now()
  const example = exampleOf(row, fields)
  const candidates = await index.candidates(example, CANDIDATES)
  const ranked = rank(example, candidates, await index.tokens(), LIMIT, 0)
  return {
    found: ranked.map(({ candidate, match }) => ({ id: candidate.id, score: match.score })),
    ms: performance.now() - from,
  }
}

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
    await index.put(records.slice(i, i + BATCH).map(row => ({ id: row.id ?? '', version: 1, person: personOf(row) })))
  }
  console.log(`loaded ${records.length} in ${round((performance.now() - started) / 1000, 2)} s`)

  const queries = (await readRows(values.queries)).filter(row => inShare(row, values.share))
  const times: number[] = []
  const ranks: number[] = []
  let over = 0
  for (const row of queries) {
    const { found, ms } = await ask(index, row, fields)
    times.push(ms)
    const at = found.findIndex(({ id }) => id === row.expected_id)
    if (at >= 0) ranks.push(at)
    if (at >= 0 && (found[at]?.score ?? 0) >= threshold) over++
  }

  const negatives =
    values.negatives === undefined ? [] : (await readRows(values.negatives)).filter(row => inShare(row, values.share))
  let alarms = 0
  for (const row of negatives) {
    const { found, ms } = await ask(index, row, fields)
    times.push(ms)
    if ((found[0]?.score ?? 0) >= threshold) alarms++
  }

  times.sort((a, b) => a - b)
  const recall = (n: number) => round(ranks.filter(at => at < n).length / Math.max(1, queries.length))
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

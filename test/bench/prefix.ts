/**
 * Measures search-as-you-type: how often a person is among the first ten hits after the first letters of their name, and how long each
 * keystroke takes, through the product's own code.
 *
 *     npm run -s bench:prefix -- --records R.csv [--names 2000] [--engine memory|opensearch]...
 *
 * Without --engine it measures the index in memory, and OpenSearch if OPENSEARCH_ENDPOINT is set. The last line is JSON.
 *
 * The people have a surname and a given name, and are spread evenly over the file. A person who has the same score as others counts by
 * the probability of being among the first ten. Times include the reading of the text, the candidates and their scores. The
 * OpenSearch index is temporary.
 */
import { parseArgs } from 'node:util'
import { readQueryText } from '#domain/matching/example.ts'
import { createScorer } from '#domain/matching/match.ts'
import { CANDIDATES, rankByScore } from '#domain/matching/rank.ts'
import type { CandidateIndex } from '#domain/search/port.ts'
import { load, makeIndex, within } from './candidate-indexes.ts'
import { atQuantile, round } from './quantiles.ts'
import { type Row, readRows } from './rows.ts'

const SHOWN = 10
const WARM_UP = 50
/** Scores closer than this are the same. */
const EQUAL = 1e-9

interface Typed {
  letters: string
  text: (row: Row) => string | null
}

/** The beginning of a name; null if the name is not longer. */
const begin = (name: string | undefined, letters: number): string | null =>
  name !== undefined && [...name].length >= letters ? [...name].slice(0, letters).join('') : null

const surname = (letters: number): Typed => ({
  letters: `${letters} of surname`,
  text: row => begin(row.surname, letters),
})

const surnameAndGivenName = (letters: number): Typed => ({
  letters: `surname and ${letters} of given name`,
  text: row => {
    const start = begin(row.given_name, letters)
    return row.surname && start ? `${row.surname} ${start}` : null
  },
})

const STEPS: readonly Typed[] = [...[2, 3, 4, 5, 6].map(surname), ...[1, 2, 3].map(surnameAndGivenName)]

/** The best score of each customer over all readings of the text. */
async function scoresOf(index: CandidateIndex, text: string): Promise<Map<string, number>> {
  const readings = readQueryText(text)
  const [tokens, candidates] = await Promise.all([
    index.tokens(),
    index.candidates(readings, CANDIDATES, { recall: 'typed' }),
  ])
  const scores = new Map<string, number>()
  for (const [n, reading] of readings.entries())
    for (const { candidate, score } of rankByScore(createScorer(reading, tokens, true), candidates[n] ?? [], 0))
      scores.set(candidate.id, Math.max(score, scores.get(candidate.id) ?? 0))
  return scores
}

async function measure(index: CandidateIndex, people: readonly Row[], { letters, text }: Typed) {
  const times: number[] = []
  let [typed, hits] = [0, 0]
  for (const row of people) {
    const q = text(row)
    if (q === null) continue
    const from = performance.now()
    const scores = await scoresOf(index, q)
    times.push(performance.now() - from)
    typed++
    const expectedScore = scores.get(row.id ?? '')
    if (expectedScore === undefined) continue
    const all = [...scores.values()]
    const better = all.filter(score => score > expectedScore + EQUAL).length
    hits += within(SHOWN, { better, equal: all.filter(score => Math.abs(score - expectedScore) <= EQUAL).length })
  }
  times.sort((a, b) => a - b)
  const [p50_ms, p99_ms] = [0.5, 0.99].map(share => round(atQuantile(times, share), 2))
  return { letters, typed, in_first_10: round(hits / Math.max(1, typed), 3), p50_ms, p99_ms }
}

async function measureEngine(engine: string, records: readonly Row[], people: readonly Row[]) {
  const { index, remove } = await makeIndex(engine)
  try {
    await load(index, records)
    for (const row of people.slice(0, WARM_UP)) await scoresOf(index, row.surname ?? '')
    const steps = []
    for (const typed of STEPS) {
      const measured = await measure(index, people, typed)
      const { letters, in_first_10, p50_ms, p99_ms } = measured
      console.log(
        `${engine.padEnd(10)} ${letters.padEnd(32)} ${in_first_10.toFixed(3)}  p50 ${p50_ms} ms  p99 ${p99_ms} ms`,
      )
      steps.push(measured)
    }
    return { engine, steps }
  } finally {
    await remove()
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      records: { type: 'string' },
      names: { type: 'string', default: '2000' },
      engine: { type: 'string', multiple: true },
    },
  })
  if (values.records === undefined) throw new Error('Pass the people: --records FILE.csv')
  const names = Number(values.names)
  const records = await readRows(values.records)
  const named = records.filter(({ surname, given_name }) => surname && given_name)
  const step = Math.max(1, Math.floor(named.length / names))
  const people = named.filter((_, n) => n % step === 0).slice(0, names)
  const engines = []
  for (const engine of values.engine ?? ['memory', ...(process.env.OPENSEARCH_ENDPOINT ? ['opensearch'] : [])])
    engines.push(await measureEngine(engine, records, people))
  console.log(JSON.stringify({ records: records.length, names: people.length, engines }))
}

await main().catch((error: Error) => {
  console.error(error.message)
  process.exitCode = 1
})

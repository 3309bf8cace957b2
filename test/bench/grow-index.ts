/**
 * `npm run -s bench:grow-index -- [--sizes 10000,100000,1000000] [--searches 300] [--engine memory|opensearch]`: how the time of a search depends
 * on the size of the index alone, with made-up people. OpenSearch is the one at OPENSEARCH_ENDPOINT, with a temporary index.
 *
 * For each size it prints how many customers were put a second, and for each kind of search the median and 99th percentile of its time, one
 * after the other, and the processor time of this process, in milliseconds: from the example to the scores.
 *
 * - `fuzzy`: a surname with a wrong letter, a given name and a date of birth;
 * - `prefix`: the first four letters of a surname.
 *
 * At the end, it says which searches grow more from the first to the last size than they may (`growth.ts`), by the median, and exits with 1 if
 * there are any. The last line is JSON.
 */
import { parseArgs } from 'node:util'
import * as z from 'zod'
import type { SearchCriteria } from '#contract/schemas/search.ts'
import { readQueryText } from '#domain/matching/example.ts'
import { createScorer, DEFAULT_THRESHOLD } from '#domain/matching/match.ts'
import { CANDIDATES, rankByScore } from '#domain/matching/rank.ts'
import type { CandidateFilter, CandidateIndex } from '#domain/search/port.ts'
import { toGeneratedPerson } from '#local/sample/generated-person.ts'
import { misspell } from './api-operations.ts'
import { makeIndex, put } from './candidate-indexes.ts'
import { toGrowth } from './growth.ts'
import { ownProcessorMs } from './processor-time.ts'
import { atQuantile, round } from './quantiles.ts'

const WARM_UP = 100

interface Search {
  examples: readonly SearchCriteria[]
  recall: NonNullable<CandidateFilter['recall']>
}

/** The searches for one person. */
const SEARCHES: Readonly<Record<string, (n: number) => Search>> = {
  fuzzy: n => {
    const { surname, given_name, dob } = toGeneratedPerson(n)
    const example = { text: null, surname: misspell(surname), given_name, dob, document_number: null, details: {} }
    return { examples: [example], recall: 'high' }
  },
  prefix: n => ({ examples: readQueryText(toGeneratedPerson(n).surname.slice(0, 4)), recall: 'typed' }),
}

/** Searches as the product does. Returns how many were found. */
async function search(index: CandidateIndex, { examples, recall }: Search): Promise<number> {
  const [tokens, candidates] = await Promise.all([index.tokens(), index.candidates(examples, CANDIDATES, { recall })])
  const found = examples.map((example, n) =>
    rankByScore(createScorer(example, tokens, recall === 'typed'), candidates[n] ?? [], DEFAULT_THRESHOLD),
  )
  return found.reduce((sum, list) => sum + list.length, 0)
}

/** Asks one search after the other. */
async function measure(ask: () => Promise<number>, searches: number) {
  for (let n = 0; n < WARM_UP; n++) await ask()
  const times: number[] = []
  let found = 0
  const before = ownProcessorMs()
  for (let n = 0; n < searches; n++) {
    const from = performance.now()
    found += await ask()
    times.push(performance.now() - from)
  }
  const cpu_ms = round((ownProcessorMs() - before) / searches, 2)
  times.sort((a, b) => a - b)
  const [p50_ms, p99_ms] = [round(atQuantile(times, 0.5), 2), round(atQuantile(times, 0.99), 2)]
  return { p50_ms, p99_ms, cpu_ms, found: round(found / searches, 1) }
}

async function measureSize(index: CandidateIndex, from: number, to: number, searches: number) {
  const started = performance.now()
  await put(index, to - from, n => {
    const { document_number, ...person } = toGeneratedPerson(from + n)
    return { ...person, document_number: document_number ?? '' }
  })
  const per_second = Math.round((to - from) / ((performance.now() - started) / 1000))
  const results = []
  for (const [name, toSearch] of Object.entries(SEARCHES)) {
    const ask = () => search(index, toSearch(Math.floor(Math.random() * to)))
    results.push({ name, ...(await measure(ask, searches)) })
  }
  console.log(`${to} customers, ${per_second} put per second`)
  for (const { name, p50_ms, p99_ms, cpu_ms, found } of results)
    console.log(`  ${name.padEnd(8)} p50 ${p50_ms} ms  p99 ${p99_ms} ms  cpu ${cpu_ms} ms  found ${found}`)
  return { customers: to, per_second, searches: results }
}

const count = z.coerce.number<string>().int().min(1)
const options = z.object({
  sizes: z
    .string()
    .transform(text => text.split(','))
    .pipe(z.array(count)),
  searches: count,
  engine: z.string(),
})

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      sizes: { type: 'string', default: '10000,100000,1000000' },
      searches: { type: 'string', default: '300' },
      engine: { type: 'string', default: 'memory' },
    },
  })
  const { sizes, searches, engine } = options.parse(values)
  const { index, remove } = await makeIndex(engine)
  try {
    const results: Awaited<ReturnType<typeof measureSize>>[] = []
    for (const [n, size] of sizes.entries()) results.push(await measureSize(index, sizes[n - 1] ?? 0, size, searches))
    const figures = results.map(({ customers, searches }) => ({
      customers,
      ms: Object.fromEntries(searches.map(({ name, p50_ms }) => [name, p50_ms])),
    }))
    for (const { name, factor, limit } of toGrowth(figures)) {
      console.log(`${name} takes ${factor} times as long: at most ${limit}`)
      if (factor > limit) process.exitCode = 1
    }
    console.log(JSON.stringify({ engine, results }))
  } finally {
    await remove()
  }
}

await main().catch((error: Error) => {
  console.error(error instanceof z.ZodError ? z.prettifyError(error) : error.message)
  process.exitCode = 1
})

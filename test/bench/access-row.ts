/**
 * `npm run -s bench:access-row -- [--customers 2000] [--searches 400]`: what the ids of the customers shown and the hashes of what was asked
 * add to a search, through its function and a real table engine, in one process. Each question is asked alternately with and without them
 * in the access row. The time of the hashes themselves, which the function always makes, is measured apart and subtracted from the latter.
 *
 * Prints as JSON the median times in milliseconds and the median of the ratios of each pair.
 */
import { parseArgs } from 'node:util'
import * as z from 'zod'
import { DynamoAccessStore } from '#adapters/dynamodb/access-store.ts'
import { searchAnswer } from '#contract/schemas/query.ts'
import type { Access } from '#domain/audit/port.ts'
import { questionHashes } from '#domain/lookup/keyed-hashes.ts'
import { invoke } from '#local/invocation.ts'
import { TABLE_NAMES } from '../adapters/dynamodb/engine.ts'
import { startFunctionEnvironment } from '../functions/function-environment.ts'
import { askFunction } from './ask-function.ts'
import { median, round } from './quantiles.ts'
import { streamOf } from './read-stream.ts'

/** Customers of one surname: what a page shows. */
const NAMESAKES = 25
const WARM_UP = 100
const ROWS_PER_BATCH = 100
const HASHES = 1000
const KEY = 'r'.repeat(32)

const { values } = parseArgs({
  options: { customers: { type: 'string', default: '2000' }, searches: { type: 'string', default: '400' } },
})
const count = z.coerce.number().int().min(NAMESAKES)
const { customers, searches } = z.object({ customers: count, searches: count }).parse(values)

/** The nth surname: none is similar to another. */
const toSurname = (n: number): string =>
  [...((n * 7919) % 104_729).toString(4).padStart(9, '0')]
    .map(digit => ['ba', 'ke', 'lo', 'ti'][Number(digit)])
    .join('')

let isReduced = false
const { record } = DynamoAccessStore.prototype
DynamoAccessStore.prototype.record = function (this: DynamoAccessStore, access: Access) {
  const { shown: _, shown_count: __, questions: ___, ...rest } = access
  return record.call(this, isReduced ? rest : access)
}

const { engine } = await startFunctionEnvironment()

async function fill(): Promise<void> {
  const rows = Array.from({ length: customers }, (_, n) =>
    JSON.stringify({
      id: String(n),
      surname: toSurname(Math.floor(n / NAMESAKES)),
      given_name: `Given${n % NAMESAKES}`,
    }),
  )
  for (let from = 0; from < rows.length; from += ROWS_PER_BATCH)
    await askFunction('batches', {
      headers: { 'Content-Type': 'application/x-ndjson' },
      queryStringParameters: { source: 'bench' },
      body: rows.slice(from, from + ROWS_PER_BATCH).join('\n'),
    })
  for (const [name, table] of [
    ['reconcile', TABLE_NAMES.registry],
    ['project', TABLE_NAMES.views],
  ] as const)
    await invoke(name, { Records: await streamOf(engine.endpoint, table)() })
}

/** The milliseconds of one search. @throws Error if it does not show a full page */
async function timeOf(surname: string): Promise<number> {
  const started = performance.now()
  const { body } = await askFunction('search', { body: JSON.stringify({ surname, limit: NAMESAKES }) })
  const elapsed = performance.now() - started
  const { items } = searchAnswer.parse(JSON.parse(body))
  if (items.length !== NAMESAKES) throw new Error(`${items.length} customers were shown instead of ${NAMESAKES}`)
  return elapsed
}

function timeOfHashes(): number {
  const started = performance.now()
  for (let n = 0; n < HASHES; n++) questionHashes(KEY, { surname: toSurname(n) })
  return (performance.now() - started) / HASHES
}

try {
  await fill()
  timeOfHashes()
  const hashes = timeOfHashes()
  const pairs: { full: number; reduced: number }[] = []
  for (let n = 0; n < WARM_UP + searches; n++) {
    const surname = toSurname(n % Math.floor(customers / NAMESAKES))
    const times = { full: 0, reduced: 0 }
    // Whichever is asked first finds less in the processor's caches.
    for (const which of n % 2 === 0 ? (['full', 'reduced'] as const) : (['reduced', 'full'] as const)) {
      isReduced = which === 'reduced'
      times[which] = await timeOf(surname)
    }
    if (n >= WARM_UP) pairs.push(times)
  }
  console.log(
    JSON.stringify({
      ...{ customers, searches, shown: NAMESAKES },
      with_ms: round(median(pairs.map(({ full }) => full))),
      without_ms: round(median(pairs.map(({ reduced }) => reduced)) - hashes),
      hashes_ms: round(hashes, 4),
      ratio: round(median(pairs.map(({ full, reduced }) => full / (reduced - hashes)))),
    }),
  )
} finally {
  await engine.stop()
}
process.exit(0)

/**
 * `npm run -s bench:sorted -- --records FILE.csv [--engine opensearch]`: the time of a page of a sorted list, at the beginning and deep in
 * the list, and of a page of a search. Reads the index only; each customer of a page costs half a read unit besides.
 */
import { parseArgs } from 'node:util'
import { toListing } from '#domain/search/listing.ts'
import type { CandidateIndex, IndexEntry, SortedQuery, SortPosition } from '#domain/search/port.ts'
import { makeIndex } from './candidate-indexes.ts'
import { atQuantile, round } from './quantiles.ts'
import { type Row, readRows } from './rows.ts'

const PAGE = 25
const REPEATED = 200
const BATCH = 500

const { values } = parseArgs({
  options: { records: { type: 'string', default: '' }, engine: { type: 'string', default: 'memory' } },
})

/** A time for each customer, in another order than that of the names. */
const toTime = (n: number): string => new Date(Date.UTC(2020, 0, 1) + ((n * 7919) % 1_000_003) * 60_000).toISOString()

function toEntry(row: Row, n: number): IndexEntry {
  const text = (name: string) => row[name] || null
  const [surname, given_name] = [text('surname'), text('given_name')]
  const snapshot = {
    ...(surname === null ? {} : { surname }),
    ...(given_name === null ? {} : { given_name }),
    state: 'active',
    type: 'PERSON',
  }
  return {
    id: row.id ?? '',
    version: 1,
    person: {
      ...{ type: 'PERSON', surname, given_name, details: {} },
      ...{ dob: text('dob'), document_number: text('document_number') },
    },
    past: [],
    listing: toListing({ snapshot, created_at: toTime(n), updated_at: toTime(n + 1) }),
  }
}

/** The times of pages, in milliseconds, that each start where `next` says. */
async function measure(index: CandidateIndex, query: SortedQuery, isDeep: boolean): Promise<number[]> {
  const times: number[] = []
  let after: SortPosition | null = null
  for (let n = 0; n < REPEATED; n++) {
    const started = performance.now()
    const page = await index.sorted({ ...query, after })
    times.push(performance.now() - started)
    after = isDeep ? (page.at(-1) ?? null) : null
  }
  return times.sort((a, b) => a - b)
}

const rows = await readRows(values.records)
const { index, remove } = await makeIndex(values.engine)
try {
  const started = performance.now()
  for (let n = 0; n < rows.length; n += BATCH)
    await index.put(
      rows.slice(n, n + BATCH).map((row, i) => toEntry(row, n + i)),
      { visible: n + BATCH >= rows.length },
    )
  console.log(`loaded ${rows.length} in ${round((performance.now() - started) / 1000, 2)} s`)
  console.log('| list | p50 ms | p99 ms |\n|---|---|---|')
  const query = { by: 'surname', descending: false, state: 'active', after: null, limit: PAGE } as const
  const measured: [string, SortedQuery, boolean][] = [
    ['by surname, first page', query, false],
    ['by surname, pages 2 to 200', query, true],
    ['by surname, descending', { ...query, descending: true }, true],
    ['by last change', { ...query, by: 'updated_at', descending: true }, true],
    ['by creation', { ...query, by: 'created_at' }, true],
    ['by surname, with a word', { ...query, words: [['maria']] }, true],
    ['by surname, in a state of nobody', { ...query, state: 'deleted' }, false],
  ]
  for (const [name, sorted, isDeep] of measured) {
    const times = await measure(index, sorted, isDeep)
    console.log(`| ${name} | ${round(atQuantile(times, 0.5), 2)} | ${round(atQuantile(times, 0.99), 2)} |`)
  }
} finally {
  await remove()
}

/** Indexes of the benchmarks, and what they measure with. */
import { randomUUID } from 'node:crypto'
import { MemoryIndex } from '#adapters/memory-search/memory-index.ts'
import { Cluster } from '#adapters/opensearch/cluster.ts'
import { OpenSearchIndex } from '#adapters/opensearch/opensearch-index.ts'
import type { Person } from '#contract/schemas/search.ts'
import type { CandidateIndex } from '#domain/search/port.ts'
import { round } from './quantiles.ts'
import type { Row } from './rows.ts'

const BATCH = 500

interface Measured {
  index: CandidateIndex
  remove(): Promise<unknown>
}

/** An empty index of an engine. */
export async function makeIndex(engine: string): Promise<Measured> {
  if (engine === 'memory') return { index: new MemoryIndex(), remove: async () => undefined }
  const url = process.env.OPENSEARCH_ENDPOINT
  if (engine !== 'opensearch' || !url) {
    const fault =
      engine === 'opensearch'
        ? 'OPENSEARCH_ENDPOINT is not set'
        : `Unknown engine ${engine}: choose memory or opensearch`
    throw new Error(`--engine: ${fault}`)
  }
  const alias = `bench-${randomUUID().slice(0, 8)}`
  const index = new OpenSearchIndex(new Cluster({ url }), alias)
  await index.promote(await index.create())
  return {
    index,
    remove: () => fetch(`${url}/${alias}-v*`, { method: 'DELETE' }),
  }
}

export const cell = (row: Row, name: string, fields: ReadonlySet<string>) =>
  fields.has(name) ? row[name] || null : null

/** The fields of a file. */
export const EVERY = new Set(['surname', 'given_name', 'dob', 'document_number'])

const toPerson = (row: Row): Person => ({
  type: 'PERSON',
  surname: cell(row, 'surname', EVERY),
  given_name: cell(row, 'given_name', EVERY),
  dob: cell(row, 'dob', EVERY),
  document_number: cell(row, 'document_number', EVERY),
  details: {},
})

/** The rank of the expected customer: how many candidates score better, and how many the same, including itself. */
export interface Place {
  better: number
  equal: number
}

/** Chance that the expected customer is among the first n, customers of one score being in any order. */
export const within = (n: number, { better, equal }: Place) => Math.max(0, Math.min(1, (n - better) / equal))

/** Puts rows into the index, which are then visible to searches. */
export async function put(index: CandidateIndex, count: number, toRow: (n: number) => Row): Promise<void> {
  for (let from = 0; from < count; from += BATCH) {
    const rows = Array.from({ length: Math.min(BATCH, count - from) }, (_, n) => toRow(from + n))
    const entries = rows.map(row => ({ id: row.id ?? '', version: 1, person: toPerson(row), past: [] }))
    await index.put(entries, { visible: from + BATCH >= count })
  }
}

/** Puts all rows into the index, and prints how long that took. */
export async function load(index: CandidateIndex, rows: readonly Row[]): Promise<void> {
  const started = performance.now()
  await put(index, rows.length, n => rows[n] ?? {})
  console.log(`loaded ${rows.length} in ${round((performance.now() - started) / 1000, 2)} s`)
}

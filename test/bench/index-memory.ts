/**
 * `node --expose-gc test/bench/index-memory.ts N|FILE.csv`: prints the bytes that the index in memory needs for each of N made-up customers,
 * or of those in a file, with the entries that it stores, and the milliseconds of processor time that adding one takes.
 */
import { MemoryIndex } from '#adapters/memory-search/memory-index.ts'
import type { IndexedRecord } from '#domain/records/current.ts'
import { toEntry } from '#domain/search/entry.ts'
import { toGeneratedPerson } from '#local/sample/generated-person.ts'
import { ownProcessorMs } from './processor-time.ts'
import { round } from './quantiles.ts'
import { readRows } from './rows.ts'

const BATCH = 500
const CREATED_AT = Date.UTC(2026, 0, 1)
const { gc } = globalThis
if (gc === undefined) throw new Error('Run it with node --expose-gc')
const [, , source = ''] = process.argv
const listed = source.endsWith('.csv') ? await readRows(source) : null
const count = listed?.length ?? Number(source)

/** The row of a customer as the tables return it: every text is a string of its own. */
function toRow(n: number): IndexedRecord {
  const { surname, given_name, dob, document_number } = listed?.[n] ?? toGeneratedPerson(n)
  const at = new Date(CREATED_AT + n * 1000).toISOString()
  const name = { type: 'PERSON', state: 'active', surname, given_name, dob }
  const snapshot = document_number ? { ...name, document_number } : name
  const row = { id: crypto.randomUUID(), clock: { loc1: at }, snapshot, identities: [], created_at: at, updated_at: at }
  return JSON.parse(JSON.stringify(row)) as IndexedRecord
}

function usedBytes(): number {
  gc?.()
  gc?.()
  // `external` includes the buffers of typed arrays.
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

const index = new MemoryIndex()
const fields = new Map()
const before = usedBytes()
let cpu = 0
for (let from = 0; from < count; from += BATCH) {
  const rows = Array.from({ length: Math.min(BATCH, count - from) }, (_, n) => toRow(from + n))
  const started = ownProcessorMs()
  await index.put(rows.map(row => toEntry(row, fields)))
  cpu += ownProcessorMs() - started
}
const bytes = usedBytes() - before
console.log(
  JSON.stringify({
    customers: count,
    bytes_per_customer: Math.round(bytes / count),
    put_cpu_ms: round(cpu / count, 4),
    // Keeps the index until memory was measured.
    words: (await index.tokens()).total(),
  }),
)

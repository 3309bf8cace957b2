import { MAX_BODY } from '#contract/route.ts'
import { MAX_BATCH_ROWS } from '#contract/schemas/batch.ts'
import { type Row, type Rows, tooLong } from './row.ts'

/** Rows that go in one request. */
export interface RowBatch {
  body: string
  rows: readonly Row[]
  /** The number of the first row in the file, from 1, without a header. */
  first: number
  /** The keys of the customers that it is about. */
  keys: ReadonlySet<string>
  /** How much of the file it is. */
  bytes: number
}

const batchOf = (preface: string, rows: readonly Row[], first: number, start: number): RowBatch => ({
  body: preface + rows.map(({ text }) => text).join(''),
  rows,
  first,
  keys: new Set(rows.flatMap(({ key }) => (key === null ? [] : [key]))),
  bytes: (rows.at(-1)?.end ?? start) - start,
})

/** Puts rows together, as many as a request takes. @throws BadFile for a row that is too long for one */
export async function* batchesOf({ preface, rows }: Rows): AsyncGenerator<RowBatch> {
  const most = MAX_BODY - Buffer.byteLength(preface)
  let held: Row[] = []
  let size = 0
  let first = 1
  let start = 0
  const release = (): RowBatch => {
    const batch = batchOf(preface, held, first, start)
    first += held.length
    start += batch.bytes
    held = []
    size = 0
    return batch
  }
  for await (const row of rows) {
    const bytes = Buffer.byteLength(row.text)
    if (bytes > most) throw tooLong(row.line)
    if (size + bytes > most || held.length === MAX_BATCH_ROWS) yield release()
    held.push(row)
    size += bytes
  }
  if (held.length > 0) yield release()
}

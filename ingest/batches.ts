import { MAX_BODY } from '#contract/route.ts'
import { MAX_BATCH_ROWS } from '#contract/schemas/batch.ts'
import { byteLength } from './byte-length.ts'
import { type Numbered, tooLong } from './row.ts'

/** The rows of one request. */
export interface RowBatch {
  body: string
  rows: readonly Numbered[]
  /** The keys of the customers in it. */
  keys: ReadonlySet<string>
}

const toBatch = (preface: string, rows: readonly Numbered[]): RowBatch => ({
  body: preface + rows.map(({ text }) => text).join(''),
  rows,
  keys: new Set(rows.flatMap(({ key }) => (key === null ? [] : [key]))),
})

const toSize = (rows: readonly Numbered[]): number => rows.reduce((sum, { text }) => sum + byteLength(text), 0)

/**
 * Groups rows into batches, each as large as a request may be. Rows of one group stay in one batch if they fit.
 *
 * @param preface the beginning of each batch: the header of a CSV
 * @throws BadFile for a row that is too long
 */
export async function* toBatches(
  preface: string,
  groups: AsyncIterable<readonly Numbered[]> | Iterable<readonly Numbered[]>,
): AsyncGenerator<RowBatch> {
  const maxBytes = MAX_BODY - byteLength(preface)
  let pending: Numbered[] = []
  let size = 0
  const release = (): RowBatch => {
    const batch = toBatch(preface, pending)
    pending = []
    size = 0
    return batch
  }
  const isFull = (count: number, bytes: number) => pending.length + count > MAX_BATCH_ROWS || size + bytes > maxBytes
  for await (const group of groups) {
    if (pending.length > 0 && isFull(group.length, toSize(group))) yield release()
    for (const row of group) {
      const bytes = toSize([row])
      if (bytes > maxBytes) throw tooLong(row.line)
      if (isFull(1, bytes)) yield release()
      pending.push(row)
      size += bytes
    }
  }
  if (pending.length > 0) yield release()
}

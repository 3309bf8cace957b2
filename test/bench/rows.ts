/** Rows of a CSV file, and halves of them by hash. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'

export type Row = Record<string, string>

/** All rows of a CSV file with a header line. */
export async function readRows(path: string): Promise<Row[]> {
  return parse<Row>(await readFile(path, 'utf8'), { columns: true, bom: true, skip_empty_lines: true })
}

/** Whether a row is in the half that is asked for, `even` or `odd`; all are when none is. */
export function inShare(row: Row, share: string | undefined): boolean {
  if (share === undefined) return true
  const hash = createHash('sha256').update(JSON.stringify(row)).digest()
  return ((hash[0] ?? 0) & 1) === (share === 'odd' ? 1 : 0)
}

import { isBlank, type TableRecord } from './record.ts'

/** How a workbook is read: numbers stay as the file has them. */
export const SHEET_OPTIONS = { parseNumber: (text: string): string => text }

export const UNREADABLE_WORKBOOK = 'is not a readable .xlsx workbook: save it again as .xlsx, without a password'

/** A cell as text: dates in ISO 8601 (a midnight is a date alone), numbers as the file has them. */
function toText(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  return cell instanceof Date ? cell.toISOString().replace(/T00:00:00\.000Z$/, '') : String(cell)
}

/** The records of the rows of a sheet, without blank ones. @param size the size of the workbook, in bytes */
export function toSheetRecords(rows: readonly (readonly unknown[])[], size: number): TableRecord[] {
  const rowSize = size / Math.max(1, rows.length)
  return rows
    .map((row, n) => ({ cells: row.map(toText), line: n + 1, end: Math.round((n + 1) * rowSize) }))
    .filter(({ cells }) => !isBlank(cells))
}

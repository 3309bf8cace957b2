import { InvalidInputError, InvalidSpreadsheetError, readSheet, SheetNotFoundError } from 'read-excel-file/node'
import { isBlank, type TableRecord } from '#ingest/record.ts'
import { BadFile } from '../failure.ts'

/** A cell as text: dates in ISO 8601 (a midnight is a date alone), numbers as the file has them. */
function toText(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  return cell instanceof Date ? cell.toISOString().replace(/T00:00:00\.000Z$/, '') : String(cell)
}

/** The records of a sheet of an Excel workbook, without blank ones; the first sheet by default. @throws BadFile */
export async function xlsxRecords(content: Buffer, sheet: string | undefined): Promise<TableRecord[]> {
  const rows: readonly (readonly unknown[])[] = await readSheet<string>(content, sheet ?? 1, {
    parseNumber: text => text,
  }).catch((error: unknown) => {
    if (error instanceof SheetNotFoundError) throw new BadFile(`has no sheet ${sheet}`)
    if (error instanceof InvalidInputError || error instanceof InvalidSpreadsheetError)
      throw new BadFile('is not a readable .xlsx workbook: save it again as .xlsx, without a password')
    throw error
  })
  const size = content.length / Math.max(1, rows.length)
  return rows
    .map((row, n) => ({ cells: row.map(toText), line: n + 1, end: Math.round((n + 1) * size) }))
    .filter(({ cells }) => !isBlank(cells))
}

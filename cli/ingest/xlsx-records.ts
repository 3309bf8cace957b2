import { InvalidInputError, InvalidSpreadsheetError, readSheet, SheetNotFoundError } from 'read-excel-file/node'
import type { TableRecord } from '#ingest/record.ts'
import { SHEET_OPTIONS, toSheetRecords, UNREADABLE_WORKBOOK } from '#ingest/sheet-records.ts'
import { BadFile } from '../failure.ts'

/** The records of a sheet of an Excel workbook, without blank ones; the first sheet by default. @throws BadFile */
export async function xlsxRecords(content: Buffer, sheet: string | undefined): Promise<TableRecord[]> {
  const rows = await readSheet<string>(content, sheet ?? 1, SHEET_OPTIONS).catch((error: unknown) => {
    if (error instanceof SheetNotFoundError) throw new BadFile(`has no sheet ${sheet}`)
    if (error instanceof InvalidInputError || error instanceof InvalidSpreadsheetError)
      throw new BadFile(UNREADABLE_WORKBOOK)
    throw error
  })
  return toSheetRecords(rows, content.length)
}

// The build that starts no worker: its code would come from a text, which the content security policy forbids.
import { InvalidInputError, InvalidSpreadsheetError, readSheet } from 'read-excel-file/universal'
import { BadFile } from '../../../ingest/failure.ts'
import type { TableRecord } from '../../../ingest/record.ts'
import { SHEET_OPTIONS, toSheetRecords, UNREADABLE_WORKBOOK } from '../../../ingest/sheet-records.ts'

/** The records of the first sheet of an Excel workbook, without blank ones. @throws BadFile */
export async function xlsxRecords(file: Blob): Promise<TableRecord[]> {
  const rows = await readSheet<string>(file, 1, SHEET_OPTIONS).catch((error: unknown) => {
    if (error instanceof InvalidInputError || error instanceof InvalidSpreadsheetError)
      throw new BadFile(UNREADABLE_WORKBOOK)
    throw error
  })
  return toSheetRecords(rows, file.size)
}

import writeXlsxFile from 'write-excel-file/node'
import type { Cell } from '#contract/customer-table.ts'
import type { Customer } from '#contract/schemas/customer.ts'
import { BadFile } from '../failure.ts'
import { tableRows } from './table-rows.ts'

/** The maximum number of rows of a sheet, with the header. */
const MAX_ROWS = 1_048_576

const HEADER = { fontWeight: 'bold' } as const

/** Customers as an Excel workbook with one sheet. Dates are text, because Excel has no dates that are known in part. @throws BadFile */
export async function* xlsx(pages: AsyncIterable<Customer[]>): AsyncGenerator<Buffer> {
  const rows: Cell[][] = []
  for await (const row of tableRows(pages)) {
    if (rows.push(row) > MAX_ROWS) throw new BadFile(`a sheet has at most ${MAX_ROWS} rows: export as csv`)
  }
  const [header = [], ...customers] = rows
  const data = [
    header.map(name => ({ value: String(name), ...HEADER })),
    ...customers.map(row => row.map(cell => cell ?? null)),
  ]
  yield await writeXlsxFile(data, { sheet: 'Customers', stickyRowsCount: 1 }).toBuffer()
}

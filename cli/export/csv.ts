import { parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import type { Cell } from '#contract/customer-table.ts'
import type { Customer } from '#contract/schemas/customer.ts'
import { tableRows } from './table-rows.ts'

const BYTE_ORDER_MARK = '\ufeff'

/** One line of CSV (RFC 4180). With `spreadsheetSafe`, text that a spreadsheet would take for a formula gets an apostrophe in front. */
const toLine = (cells: readonly Cell[], spreadsheetSafe: boolean): string =>
  stringify([[...cells]], {
    quoted_match: /^\s|\s$|\r/,
    cast: { boolean: String },
    escape_formulas: spreadsheetSafe,
  })

/**
 * Customers as CSV with a header.
 *
 * @param bom begins with a byte order mark, by which Excel knows UTF-8.
 */
export async function* csv(
  pages: AsyncIterable<Customer[]>,
  { spreadsheetSafe, bom }: { spreadsheetSafe: boolean; bom: boolean },
): AsyncGenerator<string> {
  let isFirst = bom
  for await (const row of tableRows(pages)) {
    yield (isFirst ? BYTE_ORDER_MARK : '') + toLine(row, spreadsheetSafe)
    isFirst = false
  }
}

/** Lines of CSV with the text that a spreadsheet would take for a formula escaped. */
export async function* escapeFormulas(texts: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const text of texts) for (const row of parse(text) satisfies string[][]) yield toLine(row, true)
}

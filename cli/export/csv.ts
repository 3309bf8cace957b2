import { createInterface } from 'node:readline'
import { parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import { type Customer, customer } from '#contract/schemas/customer.ts'
import { ndjsonLines } from './ndjson.ts'
import { openSpool } from './spool.ts'

const FIELDS = Object.keys(customer.shape).filter(name => name !== 'details')

type Cell = string | number | boolean | null | undefined

/** One line of CSV (RFC 4180). With `spreadsheetSafe`, text that a spreadsheet would take for a formula gets an apostrophe in front. */
const toLine = (cells: readonly Cell[], spreadsheetSafe: boolean): string =>
  stringify([[...cells]], {
    quoted_match: /^\s|\s$|\r/,
    cast: { boolean: String },
    escape_formulas: spreadsheetSafe,
  })

function toRow({ details, ...fields }: Customer, customFields: readonly string[]): Cell[] {
  const values = new Map<string, Cell>(Object.entries({ ...fields, absorbed: fields.absorbed.join(' ') }))
  return [...FIELDS.map(name => values.get(name)), ...customFields.map(name => details[name])]
}

/**
 * Customers as CSV with a header; custom fields are columns `details.NAME`. The columns are known only at the end of the list, so the rows
 * are spooled to an unnamed file.
 */
export async function* csv(pages: AsyncIterable<Customer[]>, spreadsheetSafe: boolean): AsyncGenerator<string> {
  const spool = await openSpool()
  try {
    const names = new Set<string>()
    for await (const page of pages) {
      for (const { details } of page) for (const name of Object.keys(details)) names.add(name)
      await spool.write(ndjsonLines(page))
    }
    const customFields = [...names].sort()
    yield toLine([...FIELDS, ...customFields.map(name => `details.${name}`)], spreadsheetSafe)
    for await (const text of createInterface({ input: spool.read(), crlfDelay: Number.POSITIVE_INFINITY }))
      yield toLine(toRow(customer.parse(JSON.parse(text)), customFields), spreadsheetSafe)
  } finally {
    await spool.close()
  }
}

/** Lines of CSV with the text that a spreadsheet would take for a formula escaped. */
export async function* escapeFormulas(texts: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const text of texts) for (const row of parse(text) satisfies string[][]) yield toLine(row, true)
}

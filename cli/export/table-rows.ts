import { createInterface } from 'node:readline'
import { type Cell, toTableHeader, toTableRow } from '#contract/customer-table.ts'
import { type Customer, customer } from '#contract/schemas/customer.ts'
import { ndjsonLines } from './ndjson.ts'
import { openSpool } from './spool.ts'

/**
 * Customers as rows of a table, the header first; custom fields are columns `details.NAME`. The columns are known only at the end of the
 * list, so the customers are spooled to an unnamed file.
 */
export async function* tableRows(pages: AsyncIterable<Customer[]>): AsyncGenerator<Cell[]> {
  const spool = await openSpool()
  try {
    const names = new Set<string>()
    for await (const page of pages) {
      for (const { details } of page) for (const name of Object.keys(details)) names.add(name)
      await spool.write(ndjsonLines(page))
    }
    const customFields = [...names].sort()
    yield toTableHeader(customFields)
    for await (const text of createInterface({ input: spool.read(), crlfDelay: Number.POSITIVE_INFINITY }))
      yield toTableRow(customer.parse(JSON.parse(text)), customFields)
  } finally {
    await spool.close()
  }
}

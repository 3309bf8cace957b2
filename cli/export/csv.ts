import { createInterface } from 'node:readline'
import { type Cell, csvLine } from '#contract/csv.ts'
import { type Customer, customer } from '#contract/schemas/customer.ts'
import { ndjsonLines } from './ndjson.ts'
import { openSpool } from './spool.ts'

const FIELDS = Object.keys(customer.shape).filter(name => name !== 'details')

function toRow({ details, ...fields }: Customer, customFields: readonly string[]): string {
  const values = new Map<string, Cell>(Object.entries({ ...fields, absorbed: fields.absorbed.join(' ') }))
  return csvLine([...FIELDS.map(name => values.get(name)), ...customFields.map(name => details[name])])
}

/**
 * Customers as CSV with a header; custom fields are columns `details.NAME`. The columns are known only at the end of the list, so the rows
 * are spooled to an unnamed file.
 */
export async function* csv(pages: AsyncIterable<Customer[]>): AsyncGenerator<string> {
  const spool = await openSpool()
  try {
    const names = new Set<string>()
    for await (const page of pages) {
      for (const { details } of page) for (const name of Object.keys(details)) names.add(name)
      await spool.write(ndjsonLines(page))
    }
    const customFields = [...names].sort()
    yield csvLine([...FIELDS, ...customFields.map(name => `details.${name}`)])
    for await (const text of createInterface({ input: spool.read(), crlfDelay: Number.POSITIVE_INFINITY }))
      yield toRow(customer.parse(JSON.parse(text)), customFields)
  } finally {
    await spool.close()
  }
}

import { createInterface } from 'node:readline'
import { type Customer, customer } from '#contract/schemas/customer.ts'
import { ndjsonLines } from './ndjson.ts'
import { openSpool } from './spool.ts'

/** Details have columns of their own, and an ETag is for programs, which read NDJSON. */
const FIELDS = Object.keys(customer.shape).filter(name => name !== 'details' && name !== 'etag')

export type Cell = string | number | boolean | null | undefined

function toRow({ details, ...fields }: Customer, customFields: readonly string[]): Cell[] {
  const values = new Map<string, Cell>(Object.entries({ ...fields, absorbed: fields.absorbed.join(' ') }))
  return [...FIELDS.map(name => values.get(name)), ...customFields.map(name => details[name])]
}

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
    yield [...FIELDS, ...customFields.map(name => `details.${name}`)]
    for await (const text of createInterface({ input: spool.read(), crlfDelay: Number.POSITIVE_INFINITY }))
      yield toRow(customer.parse(JSON.parse(text)), customFields)
  } finally {
    await spool.close()
  }
}

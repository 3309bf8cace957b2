import type { Customer } from '#contract/schemas/customer.ts'

/** One customer per line. */
export const ndjsonLines = (customers: readonly Customer[]): string =>
  customers.map(customer => `${JSON.stringify(customer)}\n`).join('')

/** Customers as NDJSON. */
export async function* ndjson(pages: AsyncIterable<Customer[]>): AsyncGenerator<string> {
  for await (const page of pages) yield ndjsonLines(page)
}

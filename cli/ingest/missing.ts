import { randomUUID } from 'node:crypto'
import { routes } from '#contract/routes.ts'
import { batch as batchAnswer, MAX_BATCH_ROWS } from '#contract/schemas/batch.ts'
import { type Customer, customerList } from '#contract/schemas/customer.ts'
import type { Client } from '../client.ts'
import { Failure } from '../failure.ts'

const PAGE = 100

export type Missing = Pick<Customer, 'id' | 'surname' | 'given_name' | 'dob' | 'document_number'>

/** The active customers of a source who are not among the given ones. */
export async function findMissing(client: Client, source: string, present: ReadonlySet<string>): Promise<Missing[]> {
  const missing: Missing[] = []
  for await (const { items } of client.answers(routes.listCustomers, customerList, { query: { source, limit: PAGE } }))
    for (const { id, surname, given_name, dob, document_number } of items)
      if (!present.has(id)) missing.push({ id, surname, given_name, dob, document_number })
  return missing
}

/** Deletes customers in the name of their source. Returns how many were deleted. @throws Failure if one could not be deleted */
export async function deleteMissing(client: Client, source: string, missing: readonly Missing[]): Promise<number> {
  let deleted = 0
  for (let from = 0; from < missing.length; from += MAX_BATCH_ROWS) {
    const rows = missing.slice(from, from + MAX_BATCH_ROWS).map(({ id }) => JSON.stringify({ id, action: 'delete' }))
    const answer = await client.ask(routes.createBatch, batchAnswer, {
      query: { source, ids: 'registry' },
      type: 'application/x-ndjson',
      body: rows.join('\n'),
      headers: { 'Idempotency-Key': randomUUID() },
    })
    deleted += answer.deleted
    const refused = answer.results.find(({ outcome }) => outcome === 'refused')
    if (refused) throw new Failure(`${deleted} of ${missing.length} deleted: ${refused.id} ${refused.problem}`)
  }
  return deleted
}

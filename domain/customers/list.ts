import { z } from 'zod'
import type { Customer, listQuery } from '#contract/schemas/customer.ts'
import type { Field } from '#contract/schemas/field.ts'
import { customerType } from '#contract/schemas/customer.ts'
import { InvalidInput } from '../errors.ts'
import { words } from '../matching/normalise.ts'
import type { Ports, RecordStore } from '../ports.ts'
import type { Current } from '../records/current.ts'
import { currentView, pastView } from './view.ts'
import { momentOf } from './read.ts'

export type ListQuery = z.infer<typeof listQuery>

/** Where a page of the list begins. `type` counts the types, for a list by activity; `id` is for one by words. */
export const listPlace = z.object({ shard: z.number(), after: z.string().nullable(), type: z.number(), now: z.string() })
export type ListPlace = z.infer<typeof listPlace>

/** How many rows a page may look at to find those that its filter passes; it is cut short there, with a cursor to go on. */
const MOST_LOOKED_AT = 2000

interface Found {
  rows: Current[]
  next: Omit<ListPlace, 'now'> | null
}

/** Values of the filters `detail.NAME`, by name. */
function detailFilters(query: ListQuery): [string, string][] {
  return Object.entries(query).flatMap(([key, value]) => (key.startsWith('detail.') && typeof value === 'string' ? [[key.slice(7), value]] : []))
}

/** Filters that cannot be answered together, and details that are no fields. */
function checkFilters(query: ListQuery, fields: ReadonlyMap<string, Field>): void {
  const past = query.as_of !== undefined || query.known_at !== undefined
  const faults = detailFilters(query)
    .filter(([name]) => !fields.has(name))
    .map(([name]) => ({ pointer: `?detail.${name}`, detail: 'is no authorised field' }))
  if (query.q !== undefined && query.changed_since !== undefined) faults.push({ pointer: '?q', detail: 'does not go with changed_since' })
  if (query.q !== undefined && past) faults.push({ pointer: '?q', detail: 'searches the list as it is now: it does not go with as_of or known_at' })
  if (query.changed_since !== undefined && past) faults.push({ pointer: '?changed_since', detail: 'does not go with as_of or known_at' })
  if (faults.length > 0) throw new InvalidInput(faults)
}

function passes(customer: Customer, query: ListQuery): boolean {
  if (query.type !== undefined && customer.type !== query.type) return false
  if (query.state !== 'all' && customer.state !== query.state) return false
  return detailFilters(query).every(([name, value]) => String(customer.details[name]) === value)
}

async function byActivity({ lists, records }: Pick<Ports, 'lists' | 'records'>, query: ListQuery, since: string, place: ListPlace, limit: number): Promise<Found> {
  const types = query.type === undefined ? customerType.options : [query.type]
  const type = types[place.type]
  if (type === undefined) return { rows: [], next: null }
  const { ids, next } = await lists.changedSince(type, since, place, limit)
  const rows = await records.currents('customer', ids, false)
  if (next) return { rows, next: { ...next, type: place.type } }
  return { rows, next: place.type + 1 < types.length ? { shard: 0, after: null, type: place.type + 1 } : null }
}

async function byWords({ records, index }: Pick<Ports, 'records' | 'index'>, query: ListQuery, q: string, place: ListPlace, limit: number): Promise<Found> {
  const found = await index.exact(words(q), limit + 1, place.after ?? undefined, query.type)
  const page = found.slice(0, limit)
  const rows = await records.currents('customer', page.map(({ id }) => id), false)
  const last = page.at(-1)
  return { rows, next: found.length > limit && last ? { shard: 0, after: last.id, type: 0 } : null }
}

/** The customer that a row was at the query's time; null where it was not yet. */
async function at(store: RecordStore, row: Current, query: ListQuery, now: string): Promise<Customer | null> {
  if (query.as_of === undefined && query.known_at === undefined) return currentView(row)
  if (row.created_at > (query.known_at ?? now)) return null
  const moment = await momentOf(row, store.versions('customer', row.id, false), query, now)
  return moment && pastView(row, moment)
}

/**
 * A page of the list, by the customers' ids: an order that no change moves, so that a page skips and repeats none. (By time of change,
 * with `changed_since`: a customer changed meanwhile comes again.) As it was, it is read row by row from the list as it is, since every
 * customer that ever was has a current row.
 *
 * @throws InvalidInput for filters that do not go together.
 */
export async function listCustomers(
  ports: Pick<Ports, 'records' | 'lists' | 'index'>,
  fields: ReadonlyMap<string, Field>,
  query: ListQuery,
  from: ListPlace | undefined,
  now: string,
): Promise<{ items: Customer[]; next: ListPlace | null }> {
  checkFilters(query, fields)
  let place: ListPlace | null = from ?? { shard: 0, after: null, type: 0, now }
  const items: Customer[] = []
  for (let looked = 0; place !== null && items.length < query.limit && looked < MOST_LOOKED_AT; ) {
    const limit = query.limit - items.length
    const { rows, next }: Found =
      query.q !== undefined
        ? await byWords(ports, query, query.q, place, limit)
        : query.changed_since !== undefined
          ? await byActivity(ports, query, query.changed_since, place, limit)
          : await plainPage(ports, place, limit)
    const customers = await Promise.all(rows.map(row => at(ports.records, row, query, place?.now ?? now)))
    items.push(...customers.flatMap(customer => (customer && passes(customer, query) ? [customer] : [])))
    looked += Math.max(rows.length, 1)
    place = next && { ...next, now: place.now }
  }
  return { items, next: place }
}

async function plainPage({ lists }: Pick<Ports, 'lists'>, place: ListPlace, limit: number): Promise<Found> {
  const { rows, next } = await lists.list('customer', place, limit)
  return { rows, next: next && { ...next, type: 0 } }
}

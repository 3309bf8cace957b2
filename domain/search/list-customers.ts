import * as z from 'zod'
import type { Customer, ListQuery, Sort } from '#contract/schemas/customer.ts'
import { toHistoricalState } from '../customers/read.ts'
import { currentView, pastView, toMatchablePerson } from '../customers/view.ts'
import { InvalidInput } from '../errors.ts'
import { type FieldSet, toTypes } from '../fields/definitions.ts'
import { filterFaults, matchesAll } from '../fields/filter.ts'
import { unknownType } from '../fields/types.ts'
import { parseValue } from '../fields/value.ts'
import { containsAll } from '../matching/blocking/words.ts'
import type { CurrentRecord } from '../records/current.ts'
import type { ListStore, RecordStore } from '../records/port.ts'
import { sourceKey } from '../records/statements.ts'
import type { Value } from '../records/version.ts'
import { toWordSets } from './filters.ts'
import type { CandidateIndex, SortedQuery } from './port.ts'

/** The position of a list page; `type` is set for a list by activity. */
export const listPlace = z.object({
  shard: z.number(),
  after: z.string().nullable(),
  type: z.string(),
  /** The sort key of `after` in a sorted list. */
  key: z.string().optional(),
  now: z.string(),
})
export type ListPlace = z.infer<typeof listPlace>

/** How many rows a page may examine for its filter before it ends early, with a cursor. */
const MAX_EXAMINED = 2000
/** The same for a list as of a moment, where each row costs another read. Such a page may be empty. */
const MAX_EXAMINED_BACK = 400
/** The maximum size of a page. Lambda limits a response to 6 MB. */
const MAX_BYTES = 4_000_000
/** Sorts before every type. */
const NO_TYPE = ''
/** How many rows are read at once when a filter is set. */
const PAGE_SIZE = 100

type Here = Omit<ListPlace, 'now'>

const ORDERS: Readonly<Record<Sort, Pick<SortedQuery, 'by' | 'descending'>>> = {
  surname: { by: 'surname', descending: false },
  '-surname': { by: 'surname', descending: true },
  updated_at: { by: 'updated_at', descending: false },
  '-updated_at': { by: 'updated_at', descending: true },
  created_at: { by: 'created_at', descending: false },
  '-created_at': { by: 'created_at', descending: true },
}

interface Found {
  entries: { row: CurrentRecord; place: Here }[]
  next: Here | null
}

const isPast = ({ as_of, known_at }: ListQuery): boolean => as_of !== undefined || known_at !== undefined

type Details = Readonly<Record<string, Value>>

/** The requested details, as typed values. */
const askedDetails = ({ detail }: ListQuery, fields: FieldSet): Details =>
  Object.fromEntries(Object.entries(detail).map(([name, text]) => [name, parseValue(text, fields.get(name))]))

/** Finds filters that cannot be combined, and invalid details. */
function checkFilters(query: ListQuery, details: Details, fields: FieldSet): void {
  const past = isPast(query)
  const faults = [...filterFaults(details, fields, '?detail.'), ...unknownType(toTypes(fields), query.type, '?type')]
  if (query.q !== undefined && query.changed_since !== undefined)
    faults.push({ pointer: '?q', detail: 'cannot be combined with changed_since' })
  if (query.q !== undefined && query.state !== 'active')
    faults.push({ pointer: '?q', detail: 'searches active customers: combine it only with state=active' })
  if (query.q !== undefined && past)
    faults.push({ pointer: '?q', detail: 'searches the current list: it cannot be combined with as_of or known_at' })
  if (query.sort !== undefined && past)
    faults.push({ pointer: '?sort', detail: 'sorts the current list: it cannot be combined with as_of or known_at' })
  if (query.sort !== undefined && query.changed_since !== undefined)
    faults.push({ pointer: '?sort', detail: 'cannot be combined with changed_since, which sorts by time of change' })
  if (query.changed_since !== undefined && past)
    faults.push({ pointer: '?changed_since', detail: 'cannot be combined with as_of or known_at' })
  if (faults.length > 0) throw new InvalidInput(faults)
}

function passes(customer: Customer, query: ListQuery, details: Details): boolean {
  if (query.type !== undefined && customer.type !== query.type) return false
  if (query.state !== 'all' && customer.state !== query.state) return false
  return matchesAll(customer.details, details)
}

/** Whether the customer is one of the query's source, if it names one. */
const isFrom = (row: CurrentRecord, { source }: ListQuery): boolean =>
  source === undefined || Object.hasOwn(row.sourceDigests, sourceKey(source))

async function pageById({ lists }: { lists: ListStore }, from: Here, limit: number): Promise<Found> {
  const { entries, next } = await lists.list('customer', from, limit)
  return {
    entries: entries.map(({ entry, place }) => ({ row: entry, place: { ...place, type: NO_TYPE } })),
    next: next && { ...next, type: NO_TYPE },
  }
}

/** The rows of ids from an index, in the index's order. */
async function toRows(records: RecordStore, ids: readonly { entry: string; place: Here }[]): Promise<Found['entries']> {
  const rows = new Map(
    (
      await records.currents(
        'customer',
        ids.map(({ entry }) => entry),
        false,
      )
    ).map(row => [row.id, row]),
  )
  return ids.flatMap(({ entry, place }) => {
    const row = rows.get(entry)
    return row ? [{ row, place }] : []
  })
}

/** By type name, so that adding or removing types does not move the others. */
async function pageByActivity(
  { lists, records }: { lists: ListStore; records: RecordStore },
  fields: FieldSet,
  query: ListQuery,
  since: string,
  from: Here,
  limit: number,
): Promise<Found> {
  const types = query.type === undefined ? [...toTypes(fields).keys()].sort() : [query.type]
  const [type, following] = types.filter(name => name >= from.type)
  if (type === undefined) return { entries: [], next: null }
  const here = type === from.type ? from : { shard: 0, after: null }
  const { entries, next } = await lists.changedSince(type, since, here, limit)
  const placed = entries.map(({ entry, place }) => ({ entry, place: { ...place, type } }))
  const nextType = following === undefined ? null : { shard: 0, after: null, type: following }
  return { entries: await toRows(records, placed), next: next ? { ...next, type } : nextType }
}

/** Whether a customer has the words of one set. The index may still have values of a removed field, which must match nothing. */
function hasWords({ snapshot }: CurrentRecord, required: readonly string[][], fields: FieldSet): boolean {
  const person = toMatchablePerson(snapshot, fields)
  return required.some(words => containsAll(person, words))
}

async function pageByText(
  { records, index }: { records: RecordStore; index: CandidateIndex },
  fields: FieldSet,
  query: ListQuery,
  q: string,
  from: Here,
  limit: number,
): Promise<Found> {
  const required = toWordSets(q, fields)
  const found = await Promise.all(
    required.map(words => index.exact(words, limit + 1, from.after ?? undefined, query.type)),
  )
  const ids = [...new Set(found.flat().map(({ id }) => id))].sort()
  const page = ids.slice(0, limit).map(id => ({ entry: id, place: { shard: 0, after: id, type: NO_TYPE } }))
  const entries = (await toRows(records, page)).filter(({ row }) => hasWords(row, required, fields))
  return { entries, next: ids.length > limit ? (page.at(-1)?.place ?? null) : null }
}

/** By an index, in the order of a value of the listing. */
async function pageSorted(
  { records, index }: { records: RecordStore; index: CandidateIndex },
  fields: FieldSet,
  { sort, state, type, q }: ListQuery & { sort: Sort },
  from: Here,
  limit: number,
): Promise<Found> {
  const required = q === undefined ? undefined : toWordSets(q, fields)
  const positions = await index.sorted({
    ...ORDERS[sort],
    state,
    type,
    limit,
    words: required,
    after: from.after === null || from.key === undefined ? null : { key: from.key, id: from.after },
  })
  const page = positions.map(({ key, id }) => ({ entry: id, place: { shard: 0, after: id, type: NO_TYPE, key } }))
  const entries = (await toRows(records, page)).filter(
    ({ row }) => required === undefined || hasWords(row, required, fields),
  )
  return { entries, next: positions.length < limit ? null : (page.at(-1)?.place ?? null) }
}

/** The customer at the query's time; null if it did not exist yet. */
async function toCustomerAt(
  records: RecordStore,
  row: CurrentRecord,
  query: ListQuery,
  now: string,
): Promise<Customer | null> {
  if (!isPast(query)) return currentView(row)
  if (row.created_at > (query.known_at ?? now)) return null
  const moment = await toHistoricalState(records, row, query, false, now)
  return moment && pastView(row, moment)
}

/**
 * A page of the list, by customer id: changes do not move customers, so that pages neither skip nor repeat any. (By time of change, with
 * `changed_since`, a customer who changes meanwhile is returned again.) The list as of a moment is read row by row from the current list,
 * since every customer that ever existed has a current row: later customers are left out, deleted ones are included, and filters apply to
 * past values. A page examines a limited number of rows; it may be empty although more follow.
 *
 * @param see what the reader may see of a customer: filters use nothing else.
 * @throws InvalidInput for filters that cannot be combined.
 */
export async function listCustomers(
  ports: { records: RecordStore; lists: ListStore; index: CandidateIndex },
  fields: FieldSet,
  query: ListQuery,
  from: ListPlace | undefined,
  now: string,
  see: (customer: Customer) => Customer,
): Promise<{ items: Customer[]; next: ListPlace | null }> {
  const details = askedDetails(query, fields)
  checkFilters(query, details, fields)
  const began = from?.now ?? now
  const find = (here: Here, limit: number): Promise<Found> => {
    if (query.sort !== undefined) return pageSorted(ports, fields, { ...query, sort: query.sort }, here, limit)
    if (query.q !== undefined) return pageByText(ports, fields, query, query.q, here, limit)
    if (query.changed_since !== undefined) return pageByActivity(ports, fields, query, query.changed_since, here, limit)
    return pageById(ports, here, limit)
  }
  const maxExamined = isPast(query) ? MAX_EXAMINED_BACK : MAX_EXAMINED
  const items: Customer[] = []
  let bytes = 0
  let here: Here | null = from ?? { shard: 0, after: null, type: NO_TYPE }
  for (let looked = 0; here !== null && items.length < query.limit && bytes < MAX_BYTES && looked < maxExamined; ) {
    const { entries, next }: Found = await find(here, looked === 0 ? query.limit : PAGE_SIZE)
    const customers = await Promise.all(entries.map(({ row }) => toCustomerAt(ports.records, row, query, began)))
    here = next
    for (const [n, { row, place }] of entries.entries()) {
      const visible = customers[n]
      const customer = visible && see(visible)
      if (customer && isFrom(row, query) && passes(customer, query, details)) {
        items.push(customer)
        bytes += Buffer.byteLength(JSON.stringify(customer))
      }
      if (items.length < query.limit && bytes < MAX_BYTES) continue
      // The page is full: the next one begins here, unless this was the last row.
      here = n === entries.length - 1 ? next : place
      break
    }
    looked += Math.max(entries.length, 1)
  }
  return { items, next: here && { ...here, now: began } }
}

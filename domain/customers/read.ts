import type { Customer, DiffItem, HistoryItem } from '#contract/schemas/customer.ts'
import { Gone, NotFound } from '../errors.ts'
import { later } from '../records/clock.ts'
import type { CurrentRecord } from '../records/current.ts'
import { difference } from '../records/diff.ts'
import type { RecordStore } from '../records/port.ts'
import {
  asOf,
  asOfKnownAt,
  conflictingVersions,
  type HistoricalState,
  historyPage,
  type VersionReader,
} from '../records/read.ts'
import { catchStaleRead, foldFromStore } from '../records/update-record.ts'
import { parseKey, type State, toKey } from '../records/version.ts'
import { RETRY, retryWhileOvertaken } from '../retry.ts'
import { currentView, customerView, pastView } from './view.ts'

const missing = () => new NotFound('Customer not found')

/**
 * The current row; where there is none, as one location's views can be made anew at any time, the row that the versions make. What that
 * has may have come this very moment: `consistent` tells that its versions are to be read so.
 *
 * @throws NotFound, Gone, Unavailable
 */
async function getExisting(
  store: RecordStore,
  id: string,
  consistent: boolean,
): Promise<{ row: CurrentRecord; consistent: boolean }> {
  const stored = await store.current('customer', id, consistent)
  return stored ? { row: stored, consistent } : { row: await rowAnew(store, id), consistent: true }
}

/** Loads the current row, or folds it from the versions. @throws NotFound, Gone, Unavailable */
export async function toRow(store: RecordStore, id: string, consistent: boolean): Promise<CurrentRecord> {
  return (await getExisting(store, id, consistent)).row
}

async function rowAnew(store: RecordStore, id: string): Promise<CurrentRecord> {
  const { row, tombstone: grave } = await foldFromStore(store, 'customer', id)
  if (grave.erased) throw new Gone('This customer was erased')
  if (row === null) throw missing()
  return row
}

export interface Time {
  as_of?: string | undefined
  known_at?: string | undefined
}

/** A read is retried at once: the next one is consistent. */
const AT_ONCE = { pause: async () => {} }

/**
 * Reads a row's versions. If they do not fit the row, it reads row and versions again, consistently. If these do not fit either, because
 * versions were purged and the row does not reflect it yet, it folds the row from the versions that are left.
 *
 * @throws NotFound, Gone, Unavailable
 */
export async function reading<T>(
  store: RecordStore,
  row: CurrentRecord,
  consistent: boolean,
  use: (row: CurrentRecord, read: VersionReader) => Promise<T>,
): Promise<T> {
  let current = row
  let read = store.versions('customer', row.id, consistent)
  let loadAgain = toRow
  return retryWhileOvertaken(AT_ONCE, 'The customer is', async () => {
    const result = await catchStaleRead(() => use(current, read))
    if (result === RETRY) {
      current = await loadAgain(store, row.id, true)
      loadAgain = rowAnew
      read = store.versions('customer', row.id, true)
    }
    return result
  })
}

/** The customer as of one moment, as known at another; null if it did not exist yet. */
export function toHistoricalState(
  store: RecordStore,
  row: CurrentRecord,
  { as_of, known_at }: Time,
  consistent: boolean,
  now: string,
): Promise<HistoricalState | null> {
  return reading(store, row, consistent, (row, read) =>
    known_at === undefined
      ? asOf(row, read, as_of ?? parseKey(row.head).valid_from)
      : asOfKnownAt(row, read, as_of ?? later(known_at, now), known_at),
  )
}

/** Reads one customer, now or at an earlier moment, with its state. @throws NotFound */
export async function getCustomer(
  store: RecordStore,
  id: string,
  time: Time,
  consistent: boolean,
  now: string,
): Promise<{ customer: Customer; state: State }> {
  const { row, ...how } = await getExisting(store, id, consistent)
  if (time.as_of === undefined && time.known_at === undefined)
    return { customer: currentView(row), state: row.snapshot }
  const moment = await toHistoricalState(store, row, time, how.consistent, now)
  if (moment === null) throw new NotFound('The customer was not listed at that time')
  return { customer: pastView(row, moment), state: moment.state }
}

/** The position of a history page: it begins below this version. */
export interface HistoryPlace {
  key: string
  valid_from: string
}

/** A page of a customer's versions, newest first. @throws NotFound */
export async function customerHistory(
  store: RecordStore,
  id: string,
  limit: number,
  place: HistoryPlace | undefined,
): Promise<{ items: HistoryItem[]; next: HistoryPlace | null }> {
  const existing = await getExisting(store, id, false)
  const { row, page, conflicts } = await reading(store, existing.row, existing.consistent, async (row, read) => {
    const page = await historyPage(row, read, limit + 1, place)
    const versions = page.map(({ version }) => version)
    return { row, page, conflicts: await conflictingVersions(row, read, versions) }
  })
  const items = page.slice(0, limit).map(({ version, ...moment }) => ({
    ...customerView(row, moment, version.recorded_at),
    action: version.action,
    actor: version.actor,
    note: version.note ?? null,
    sets: version.sets === '*' ? Object.keys(version.snapshot).sort() : version.sets,
    // Sort, because a table does not keep an order.
    clock: Object.fromEntries(Object.entries(version.clock).sort()),
    conflict: conflicts.has(toKey(version)),
  }))
  const last = page.length > limit ? page[limit - 1] : undefined
  return { items, next: last ? { key: last.key, valid_from: last.version.valid_from } : null }
}

/** The differences of one customer between two moments, by field. @throws NotFound */
export async function customerDiff(store: RecordStore, id: string, from: string, to: string): Promise<DiffItem[]> {
  const { row, consistent } = await getExisting(store, id, false)
  const items = await reading(store, row, consistent, (row, read) => difference(row, read, from, to))
  return items.map(item => ({ id, ...item }))
}

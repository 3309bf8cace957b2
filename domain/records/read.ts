import { covers } from './clock.ts'
import { inConflict } from './conflict.ts'
import { type CurrentRecord, stateBefore } from './current.ts'
import { apply, before, within } from './fold.ts'
import { maxKeyAt, parseKey, type State, toKey, type Version } from './version.ts'

/** Bounds are exclusive keys; an absent bound is open. By default all versions, oldest first. */
export interface VersionRange {
  above?: string
  below?: string
  newestFirst?: boolean
  limit?: number
}

/** Reads one record's versions. */
export type VersionReader = (range: VersionRange) => Promise<Version[]>

/** A record at a moment: the version that held, its state, and the next version's valid_from (null if it still holds). */
export interface HistoricalState {
  key: string
  state: State
  valid_to: string | null
}

/** Whether a version is in a row's fold. Purged versions are in the row's clock but no longer contribute. */
export const isFoldedIn = (row: CurrentRecord, v: Version): boolean =>
  covers(row.clock, v) && !covers(row.purgedClock, v)

/** Versions read in the first request and in each further one. */
const PAGE = 25
const MOST = 100

/** The first version in the range that the row has folded and that passes the test; others, which are rare, are skipped. */
async function first(
  row: CurrentRecord,
  read: VersionReader,
  range: VersionRange,
  passes: (v: Version) => boolean,
): Promise<Version | null> {
  let { above, below } = range
  for (let limit = 1; ; limit = PAGE) {
    const page = await read({
      ...range,
      ...(above === undefined ? {} : { above }),
      ...(below === undefined ? {} : { below }),
      limit,
    })
    const match = page.find(v => isFoldedIn(row, v) && passes(v))
    if (match) return match
    const last = page.at(-1)
    if (last === undefined || page.length < limit) return null
    if (range.newestFirst) below = toKey(last)
    else above = toKey(last)
  }
}

const any = () => true

/** Thrown when a read misses versions that the row has folded. The caller reads again, consistently. */
export class StaleRead extends Error {}

/** Every version of the range that the row has folded, in the range's order, page by page. */
export async function* iterate(row: CurrentRecord, read: VersionReader, range: VersionRange): AsyncGenerator<Version> {
  const next = { ...range }
  for (let limit = PAGE; ; limit = MOST) {
    const page = await read({ ...next, limit })
    yield* page.filter(v => isFoldedIn(row, v))
    const last = page.at(-1)
    if (last === undefined || page.length < limit) return
    if (range.newestFirst) next.below = toKey(last)
    else next.above = toKey(last)
  }
}

/** The state right before the diverged range, from the last complete snapshot. */
async function beforeSpan(
  row: CurrentRecord,
  read: VersionReader,
  passes: (v: Version) => boolean,
): Promise<Version | null> {
  return row.divergedRange ? first(row, read, { below: row.divergedRange.from, newestFirst: true }, passes) : null
}

/**
 * Folds the diverged range up to a key, over the versions that pass the test.
 * @throws StaleRead if a version is present now that was missing when the key was looked up.
 */
async function foldSpan(
  row: CurrentRecord,
  read: VersionReader,
  to: string,
  passes: (v: Version) => boolean,
): Promise<HistoricalState | null> {
  const base = await beforeSpan(row, read, passes)
  if (base && toKey(base) > to) throw new StaleRead()
  let state: State | undefined = base?.snapshot
  let key = base ? toKey(base) : null
  const from = base ? { above: toKey(base) } : {}
  for await (const v of iterate(row, read, { ...from, below: to })) {
    state ??= stateBefore(v, row.purgedClock)
    if (!passes(v)) continue
    state = apply(state, v)
    key = toKey(v)
  }
  return key === null || state === undefined ? null : { key, state, valid_to: null }
}

/**
 * The record as of `instant`, as known now. It costs one read besides the current row, whatever the length of the history: the next version
 * says what held before it and until when. Inside the diverged range, the versions are folded from its beginning.
 *
 * @throws StaleRead
 */
export async function asOf(row: CurrentRecord, read: VersionReader, instant: string): Promise<HistoricalState | null> {
  if (instant >= parseKey(row.head).valid_from) return { key: row.head, state: row.snapshot, valid_to: null }
  const next = await first(row, read, { above: maxKeyAt(instant) }, any)
  if (next === null) throw new StaleRead()
  if (!within(row.divergedRange, toKey(next))) {
    // A version between them is in the row but was not readable yet.
    if (next.predecessor !== undefined && next.predecessor > maxKeyAt(instant)) throw new StaleRead()
    return next.predecessor === undefined
      ? null
      : { key: next.predecessor, state: before(next), valid_to: next.valid_from }
  }
  const folded = await foldSpan(row, read, maxKeyAt(instant), any)
  return folded && { ...folded, valid_to: next.valid_from }
}

/**
 * The record as of `instant`, as known at `known`. A version is never recorded before its valid_from, so no version valid from later than
 * `known` was known then.
 */
export async function asOfKnownAt(
  row: CurrentRecord,
  read: VersionReader,
  instant: string,
  knownAt: string,
): Promise<HistoricalState | null> {
  const wasKnown = (v: Version) => v.recorded_at <= knownAt
  const to = maxKeyAt(instant < knownAt ? instant : knownAt)
  const newest = await first(row, read, { below: to, newestFirst: true }, wasKnown)
  if (newest === null) return null
  const moment = within(row.divergedRange, toKey(newest))
    ? await foldSpan(row, read, to, wasKnown)
    : { key: toKey(newest), state: newest.snapshot, valid_to: null }
  const next = instant < knownAt ? await first(row, read, { above: to, below: maxKeyAt(knownAt) }, wasKnown) : null
  return moment && { ...moment, valid_to: next?.valid_from ?? null }
}

/**
 * The versions of one page of the history, newest first, each with the state it made and when the next began to hold.
 * @throws StaleRead
 */
export async function historyPage(
  row: CurrentRecord,
  read: VersionReader,
  limit: number,
  below?: { key: string; valid_from: string },
): Promise<(HistoricalState & { version: Version })[]> {
  const page: Version[] = []
  let bound = below?.key
  for (let hasMore = true; hasMore && page.length < limit; ) {
    const versions = await read({
      ...(bound === undefined ? {} : { below: bound }),
      newestFirst: true,
      limit: limit - page.length,
    })
    hasMore = versions.length === limit - page.length
    const last = versions.at(-1)
    if (last) bound = toKey(last)
    page.push(...versions.filter(v => isFoldedIn(row, v)))
  }
  const [newest] = page
  if (below === undefined && (newest === undefined || toKey(newest) !== row.head)) throw new StaleRead()
  const states = await statesInSpan(row, read, page)
  let valid_to = below?.valid_from ?? null
  return page.map(version => {
    const moment = { version, key: toKey(version), state: states.get(toKey(version)) ?? version.snapshot, valid_to }
    valid_to = version.valid_from
    return moment
  })
}

/** The folded states of a page's versions that are in the diverged range. */
async function statesInSpan(
  row: CurrentRecord,
  read: VersionReader,
  page: readonly Version[],
): Promise<Map<string, State>> {
  const states = new Map<string, State>()
  const newest = page.find(v => within(row.divergedRange, toKey(v)))
  if (newest === undefined) return states
  const keys = new Set(page.map(toKey))
  const base = await beforeSpan(row, read, any)
  let state: State | undefined = base?.snapshot
  const from = base ? { above: toKey(base) } : {}
  for await (const v of iterate(row, read, { ...from, below: `${toKey(newest)}~` })) {
    state = apply(state ?? stateBefore(v, row.purgedClock), v)
    if (keys.has(toKey(v))) states.set(toKey(v), state)
  }
  return states
}

/** Which of a page's versions are in conflict with another of the record. Where one location alone has written, none can be. */
export async function conflictingVersions(
  row: CurrentRecord,
  read: VersionReader,
  page: readonly Version[],
): Promise<Set<string>> {
  if (row.divergedRange === null || Object.keys(row.clock).length < 2) return new Set()
  // The later of two concurrent versions is in the diverged range; the other may be anywhere before it.
  const all = (await read({ below: `${row.divergedRange.to}~` })).filter(v => isFoldedIn(row, v))
  return new Set(page.filter(v => all.some(other => inConflict(v, other))).map(toKey))
}

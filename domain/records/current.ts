import * as z from 'zod'
import { covers, dominates, earlier, later } from './clock.ts'
import { dispute, disputesAfter, disputesAmong } from './conflict.ts'
import { apply, before, divergedRange, fold, type KeyRange, splitByReadiness, toKeyRange } from './fold.ts'
import { compactIdentities, pastIdentity, rememberIdentity, toIdentity } from './identity.ts'
import { idempotencyKeys, newestKeys, rememberSource, rememberStatement, sourceDigests } from './statements.ts'
import { inEffect, isCovered, NO_TOMBSTONE, type Tombstone } from './tombstone.ts'
import {
  type Clock,
  clock,
  compareVersions,
  kind,
  type State,
  state,
  toKey,
  toRecording,
  type Version,
} from './version.ts'

/** A location's cache of one record: a pure function of the versions in its `clock`. */
export const current = z.object({
  kind,
  id: z.string(),
  clock,
  /** The key of the last version in the order. */
  head: z.string(),
  snapshot: state,
  /** The diverged range: the snapshots of versions between these keys are incomplete; fold them instead. */
  divergedRange: z.object({ from: z.string(), to: z.string() }).nullable(),
  /** Keys of pending versions: stored here, but some version that they depend on is not. */
  pending: z.array(z.string()),
  created_at: z.string(),
  updated_at: z.string(),
  /** Each source's last statement. */
  sourceDigests,
  /** The statements made under the newest idempotency keys. */
  idempotencyKeys,
  /** The most recent identities of the record, in the order of recording; empty if it only ever had one. */
  identities: z.array(pastIdentity),
  /** The state before the record expired; null if it has not expired. An expired record refuses writes. */
  stateBeforeExpiry: z.string().nullable(),
  /** The clock of purged versions of an earlier life of the record. They count as present. */
  purgedClock: clock,
  /** Open conflicts between its versions. */
  disputes: z.array(dispute),
})
export type CurrentRecord = z.infer<typeof current>

/** What the search index reads of a current row: about a third of it. */
export type IndexedRecord = Pick<
  CurrentRecord,
  'id' | 'clock' | 'snapshot' | 'created_at' | 'updated_at' | 'identities'
>

/** The row with the idempotency key of a statement that changed nothing. Only this location knows that key. */
export const rememberKey = (
  row: CurrentRecord,
  idempotency: string,
  statementDigest: string,
  now: string,
): CurrentRecord => ({
  ...row,
  idempotencyKeys: newestKeys(
    { ...row.idempotencyKeys, [idempotency]: { digest: statementDigest, version: row.head, at: now } },
    now,
  ),
})

/** Updates what depends on the recording time only, not on valid time or order of arrival. */
function applyRecording(row: CurrentRecord, v: Version): CurrentRecord {
  const updated_at = later(v.recorded_at, row.updated_at)
  return {
    ...row,
    clock: { ...row.clock, [v.location]: v.recorded_at },
    created_at: earlier(v.recorded_at, row.created_at),
    updated_at,
    sourceDigests: rememberSource(row.sourceDigests, v),
    idempotencyKeys: rememberStatement(row.idempotencyKeys, v, updated_at),
    identities: rememberIdentity(row.identities, { at: toRecording(v), who: toIdentity(v.snapshot) }),
  }
}

/** The row as `recorded` takes it: with every identity. */
function expandIdentities(row: CurrentRecord): CurrentRecord {
  if (row.identities.length > 0) return row
  const recordings = Object.entries(row.clock).map(([location, recorded_at]) => toRecording({ recorded_at, location }))
  return { ...row, identities: [{ at: recordings.reduce(later, ''), who: toIdentity(row.snapshot) }] }
}

const empty = (v: Version): CurrentRecord => ({
  kind: v.kind,
  id: v.id,
  clock: {},
  head: '',
  snapshot: {},
  divergedRange: null,
  pending: [],
  created_at: v.recorded_at,
  updated_at: v.recorded_at,
  sourceDigests: {},
  idempotencyKeys: {},
  identities: [],
  stateBeforeExpiry: null,
  purgedClock: {},
  disputes: [],
})

/** The expiry that holds: its writer knew every other version. A concurrent or later change cancels it. */
export const findExpiry = (versions: readonly Version[]): Version | undefined =>
  versions.find(e => e.action === 'expire' && versions.every(v => covers(e.clock, v)))

const EXPIRED = 'expired'

const toState = ({ state }: State): string => (state === undefined ? 'active' : String(state))

/** The row with the expiry applied. */
export const applyExpiry = (row: CurrentRecord): CurrentRecord =>
  row.stateBeforeExpiry === null
    ? { ...row, stateBeforeExpiry: toState(row.snapshot), snapshot: { ...row.snapshot, state: EXPIRED } }
    : row

/** The row without the expiry. */
export const revertExpiry = (row: CurrentRecord): CurrentRecord =>
  row.stateBeforeExpiry === null
    ? row
    : { ...row, stateBeforeExpiry: null, snapshot: { ...row.snapshot, state: row.stateBeforeExpiry } }

/** The state before the first of some versions in the order: not empty if the versions before it were purged. */
export function stateBefore(first: Version | undefined, purgedClock: Clock): State {
  return first === undefined || Object.keys(purgedClock).length === 0 ? {} : before(first)
}

/**
 * Folds the current row from all stored versions, in any order; null if there are none. Versions that a tombstone in effect covers count as
 * present.
 */
export function foldAll(versions: readonly Version[], stored: Tombstone = NO_TOMBSTONE): CurrentRecord | null {
  const tombstone = inEffect(stored, versions)
  const remaining = versions.filter(v => !isCovered(tombstone, v))
  const { ready, waiting, clock } = splitByReadiness(
    [...new Map(remaining.map(v => [toKey(v), v])).values()],
    tombstone.purged,
  )
  const byRecording = ready.toSorted((a, b) => (a.recorded_at + a.location < b.recorded_at + b.location ? -1 : 1))
  const [first] = byRecording
  const ordered = ready.toSorted(compareVersions)
  const head = ordered.at(-1)
  if (first === undefined || head === undefined) return null
  const folded = byRecording.reduce(applyRecording, empty(first))
  const forked = divergedRange(ready)
  const row: CurrentRecord = {
    ...folded,
    clock,
    purgedClock: tombstone.purged,
    identities: compactIdentities(folded.identities),
    head: toKey(head),
    snapshot: fold(ready, stateBefore(ordered[0], tombstone.purged)),
    divergedRange: forked,
    pending: waiting.map(toKey).sort(),
    // The later of two concurrent versions is in the diverged range: without one there is no conflict.
    disputes: forked ? disputesAmong(ready) : [],
  }
  return findExpiry(ready) ? applyExpiry(row) : row
}

/** The clocks that a record's first version starts from. */
function initialClocks({ clock, location, previousLocal }: Version): Pick<CurrentRecord, 'clock' | 'purgedClock'> {
  const { [location]: _, ...others } = clock
  return { clock, purgedClock: previousLocal === undefined ? others : { ...others, [location]: previousLocal } }
}

/** The row as it would be without the expiry that holds. */
export function withoutExpiry(versions: readonly Version[], stored: Tombstone): CurrentRecord | null {
  const tombstone = inEffect(stored, versions)
  const counted = versions.filter(v => !isCovered(tombstone, v))
  const expiry = findExpiry(counted)
  return foldAll(
    counted.filter(v => v !== expiry),
    tombstone,
  )
}

/** Folds in a version that is last in the order and whose writer had folded exactly this row. The common case; it reads nothing else. */
export function append(row: CurrentRecord | null, v: Version): CurrentRecord {
  const appended = applyRecording(row ? expandIdentities(row) : empty(v), v)
  const { clock, purgedClock } = row ? appended : initialClocks(v)
  const next: CurrentRecord = {
    ...appended,
    clock,
    purgedClock,
    identities: compactIdentities(appended.identities),
    head: toKey(v),
    snapshot: v.snapshot,
    disputes: disputesAfter(appended.disputes, v, []),
  }
  return v.action === 'expire' ? applyExpiry(next) : next
}

/**
 * Folds in a version anywhere in the order.
 * @param after the row's versions after it in the order. The version's writer must have folded the whole row.
 */
export function insert(row: CurrentRecord, v: Version, after: readonly Version[]): CurrentRecord {
  if (!dominates(v.clock, row.clock)) throw new RangeError('insert takes versions whose writer knew the whole row')
  return integrate(row, v, [], after.toSorted(compareVersions).reduce(apply, v.snapshot), after.map(toKey))
}

/**
 * Adds a version anywhere in the order.
 * @param unknown the row's versions that the version's writer did not know.
 * @param snapshot the state of all versions together.
 * @param divergedKeys keys of the versions whose snapshots are incomplete because of it.
 */
export function integrate(
  row: CurrentRecord,
  v: Version,
  unknown: readonly Version[],
  snapshot: State,
  divergedKeys: readonly string[],
): CurrentRecord {
  const next = applyRecording(expandIdentities(row), v)
  const key = toKey(v)
  return {
    ...next,
    identities: compactIdentities(next.identities),
    head: later(key, row.head),
    snapshot,
    divergedRange: widen(row.divergedRange, divergedKeys),
    pending: row.pending.filter(waiting => waiting !== key),
    disputes: disputesAfter(row.disputes, v, unknown),
  }
}

const widen = (span: KeyRange | null, divergedKeys: readonly string[]): KeyRange | null =>
  toKeyRange([...divergedKeys, ...(span ? [span.from, span.to] : [])].sort())

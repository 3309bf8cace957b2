import * as z from 'zod'
import { covers, dominates, earlier, later } from './clock.ts'
import { dispute, disputesAfter, disputesAmong } from './conflict.ts'
import { digest } from './digest.ts'
import { apply, fold, forkedSpan, type KeyRange, splitByReadiness, toKeyRange } from './fold.ts'
import { held, type PastIdentity, rememberIdentity, toIdentity } from './identity.ts'
import { isCovered, NO_TOMBSTONE, type Tombstone } from './tombstone.ts'
import { clock, compareVersions, kind, parseKey, type State, state, toKey, type Version } from './version.ts'

/** What a statement was written as: so that a repetition of it can be answered with that version. */
const statementReceipt = z.object({ digest: z.string(), version: z.string() })
/** And when: a statement that altered nothing is answered with an older version. */
const keyedStatement = statementReceipt.extend({ at: z.string() })

/** A location's cache of one record: a pure function of the versions in its `clock`. */
export const current = z.object({
  kind,
  id: z.string(),
  clock,
  /** The key of the last version in the order. */
  head: z.string(),
  snapshot: state,
  /** Between these keys snapshots are not to be trusted, and only a fold tells. */
  forked: z.object({ from: z.string(), to: z.string() }).nullable(),
  /** Keys of versions here whose causes are not. */
  waiting: z.array(z.string()),
  created_at: z.string(),
  updated_at: z.string(),
  /** What each source said last. */
  said: z.record(z.string(), statementReceipt),
  /** The statements made under the newest idempotency keys. */
  keys: z.record(z.string(), keyedStatement),
  /** The last few identities of its versions, as their writers saw them, in the order of recording; none where it had one alone. */
  identities: z.array(held),
  /** Of a record whose retention ended, the state that it had; null: it has not. It takes no more writes. */
  expired: z.string().nullable(),
  /** What was purged of an earlier life of the record: counts as there. */
  purged: clock,
  /** What is in dispute among its versions. */
  disputes: z.array(dispute),
})
export type CurrentRecord = z.infer<typeof current>

/** Under what a row keeps what a source said: its name may be any text, `__proto__` too. */
export const sourceKey = (source: string): string => digest(source)

/** How many idempotency keys a current row remembers, and for how long before its newest version; further ones of the same day are looked for in the history. */
export const KEYS_KEPT = 8
const KEYS_KEPT_MS = 24 * 3600 * 1000

/** Since when keys are remembered by a row that was last written then. */
export const keyCutoff = (written: string): string => new Date(Date.parse(written) - KEYS_KEPT_MS).toISOString()

const toReceipt = (v: Version) => ({ digest: v.said ?? '', version: toKey(v) })

type Keyed = z.infer<typeof keyedStatement>

/** Which of two statements was made later; of two at one time the same one everywhere. */
const newer = (a: Keyed, b: Keyed): boolean => (a.at === b.at ? a.version > b.version : a.at > b.at)

/** The newest keys, of the day before `now`. */
function newestKeys(keys: CurrentRecord['keys'], now: string): CurrentRecord['keys'] {
  const since = keyCutoff(now)
  const kept = Object.entries(keys)
    .filter(([, { at }]) => at >= since)
    .sort(([, a], [, b]) => (newer(a, b) ? -1 : 1))
    .slice(0, KEYS_KEPT)
  return Object.fromEntries(kept)
}

function remember(keys: CurrentRecord['keys'], v: Version, updated_at: string): CurrentRecord['keys'] {
  if (v.idempotency === undefined) return newestKeys(keys, updated_at)
  const [one, other] = [{ ...toReceipt(v), at: v.recorded_at }, keys[v.idempotency]]
  return newestKeys({ ...keys, [v.idempotency]: other && newer(other, one) ? other : one }, updated_at)
}

/** When and where a version was recorded: a text whose order is that of recording. */
const toRecording = ({ recorded_at, location }: Pick<Version, 'recorded_at' | 'location'>): string =>
  `${recorded_at}#${location}`

/** What each source said last, with what this version says. */
function rememberSource(said: CurrentRecord['said'], v: Version): CurrentRecord['said'] {
  if (v.source === undefined) return said
  const source = sourceKey(v.source)
  const last = said[source]
  return last && toRecording(parseKey(last.version)) > toRecording(v) ? said : { ...said, [source]: toReceipt(v) }
}

/** The row with a key under which something was said that altered nothing. This location alone knows of it. */
export const rememberKey = (row: CurrentRecord, idempotency: string, said: string, now: string): CurrentRecord => ({
  ...row,
  keys: newestKeys({ ...row.keys, [idempotency]: { digest: said, version: row.head, at: now } }, now),
})

/** The parts of a current row that follow the recording time alone, whatever the valid time and the order of arrival. */
function applyRecording(row: CurrentRecord, v: Version): CurrentRecord {
  const updated_at = later(v.recorded_at, row.updated_at)
  return {
    ...row,
    clock: { ...row.clock, [v.location]: v.recorded_at },
    created_at: earlier(v.recorded_at, row.created_at),
    updated_at,
    said: rememberSource(row.said, v),
    keys: remember(row.keys, v, updated_at),
    identities: rememberIdentity(row.identities, { at: toRecording(v), who: toIdentity(v.snapshot) }),
  }
}

/** The one identity that a record ever had can be read from its snapshot. */
const compactIdentities = (identities: PastIdentity[]): PastIdentity[] => (identities.length > 1 ? identities : [])

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
  forked: null,
  waiting: [],
  created_at: v.recorded_at,
  updated_at: v.recorded_at,
  said: {},
  keys: {},
  identities: [],
  expired: null,
  purged: {},
  disputes: [],
})

/** An expiry holds if it knows every other version: whatever was written meanwhile elsewhere wins. */
const isExpired = (versions: readonly Version[]): boolean =>
  versions.some(e => e.action === 'expire' && versions.every(v => covers(e.clock, v)))

const EXPIRED = 'expired'

const toState = ({ state }: State): string => (state === undefined ? 'active' : String(state))

/** The row as it is when its record's expiry holds. */
export const applyExpiry = (row: CurrentRecord): CurrentRecord =>
  row.expired === null ? { ...row, expired: toState(row.snapshot), snapshot: { ...row.snapshot, state: EXPIRED } } : row

/** The row as it is without the expiry. */
export const revertExpiry = (row: CurrentRecord): CurrentRecord =>
  row.expired === null ? row : { ...row, expired: null, snapshot: { ...row.snapshot, state: row.expired } }

/** Makes the current row from all versions that are here, in any order; null where there are none to fold. What lies under a grave counts as there. */
export function foldAll(versions: readonly Version[], grave: Tombstone = NO_TOMBSTONE): CurrentRecord | null {
  const there = versions.filter(v => !isCovered(grave, v))
  const { ready, waiting, clock } = splitByReadiness([...new Map(there.map(v => [toKey(v), v])).values()], grave.purged)
  const byRecording = ready.toSorted((a, b) => (a.recorded_at + a.location < b.recorded_at + b.location ? -1 : 1))
  const [first] = byRecording
  const head = ready.toSorted(compareVersions).at(-1)
  if (first === undefined || head === undefined) return null
  const made = byRecording.reduce(applyRecording, empty(first))
  const forked = forkedSpan(ready)
  const row: CurrentRecord = {
    ...made,
    clock,
    purged: grave.purged,
    identities: compactIdentities(made.identities),
    head: toKey(head),
    snapshot: fold(ready),
    forked,
    waiting: waiting.map(toKey).sort(),
    // The later of two concurrent versions stands in the forked span: where there is none, nothing is in dispute.
    disputes: forked ? disputesAmong(ready) : [],
  }
  return isExpired(ready) ? applyExpiry(row) : row
}

/** What a record's first version says of what was before it. */
function initialClocks({ clock, location, prev }: Version): Pick<CurrentRecord, 'clock' | 'purged'> {
  const { [location]: _, ...others } = clock
  return { clock, purged: prev === undefined ? others : { ...others, [location]: prev } }
}

/** Folds in a version that comes last in the order and whose writer had folded exactly this row: the common case, from the row alone. */
export function append(row: CurrentRecord | null, v: Version): CurrentRecord {
  const made = applyRecording(row ? expandIdentities(row) : empty(v), v)
  const { clock, purged } = row ? made : initialClocks(v)
  const next: CurrentRecord = {
    ...made,
    clock,
    purged,
    identities: compactIdentities(made.identities),
    head: toKey(v),
    snapshot: v.snapshot,
    disputes: disputesAfter(made.disputes, v, []),
  }
  return v.action === 'expire' ? applyExpiry(next) : next
}

/**
 * Folds in a version anywhere in the order.
 * @param after the row's versions that come after it in the order; the writer had folded the whole row.
 */
export function insert(row: CurrentRecord, v: Version, after: readonly Version[]): CurrentRecord {
  if (!dominates(v.clock, row.clock)) throw new RangeError('insert takes versions whose writer knew the whole row')
  return integrate(row, v, [], after.toSorted(compareVersions).reduce(apply, v.snapshot), after.map(toKey))
}

/**
 * The row with one version more, wherever that stands in the order.
 * @param unknown those of the row's versions that its writer did not know.
 * @param snapshot the state that all of them make.
 * @param wrong keys of the versions whose snapshots are wrong because of it.
 */
export function integrate(
  row: CurrentRecord,
  v: Version,
  unknown: readonly Version[],
  snapshot: State,
  wrong: readonly string[],
): CurrentRecord {
  const next = applyRecording(expandIdentities(row), v)
  const key = toKey(v)
  return {
    ...next,
    identities: compactIdentities(next.identities),
    head: later(key, row.head),
    snapshot,
    forked: widen(row.forked, wrong),
    waiting: row.waiting.filter(waiting => waiting !== key),
    disputes: disputesAfter(row.disputes, v, unknown),
  }
}

const widen = (span: KeyRange | null, wrong: readonly string[]): KeyRange | null =>
  toKeyRange([...wrong, ...(span ? [span.from, span.to] : [])].sort())

/**
 * The expected state of a record, computed only from its versions, as simply as possible and without the domain's code, except for the digest
 * that makes an ETag of a clock.
 */
import { toEtag } from '#domain/records/digest.ts'
import type { Clock, Version } from '#domain/records/version.ts'
import { referenceFold, referenceStateAt, sortVersions, toVersionKey } from '#test/domain/records/reference-model.ts'

export { sortVersions as ordered, toVersionKey as nameOf }

const knows = (clock: Clock, v: Version): boolean => (clock[v.location] ?? '') >= v.recorded_at

export const covered = (versions: readonly Version[], clock: Clock): Version[] => versions.filter(v => knows(clock, v))

/** Returns the stored versions that can be folded: those whose causes, among all versions of the record, are stored as well. */
export function foldable(stored: readonly Version[], allVersions: readonly Version[]): Version[] {
  const causes = new Map(stored.map(v => [v, allVersions.filter(cause => cause !== v && knows(v.clock, cause))]))
  let ready: ReadonlySet<Version> = new Set()
  for (;;) {
    const nextReady = stored.filter(v => causes.get(v)?.every(cause => ready.has(cause)))
    if (nextReady.length === ready.size) return nextReady
    ready = new Set(nextReady)
  }
}

const max = (texts: readonly string[]): string => texts.reduce((a, b) => (a > b ? a : b))
const min = (texts: readonly string[]): string => texts.reduce((a, b) => (a < b ? a : b))

/** The clock of who knows all of these versions. */
function jointClock(versions: readonly Version[]): Clock {
  const clock: Record<string, string> = {}
  for (const v of versions)
    for (const [location, at] of [...Object.entries(v.clock), [v.location, v.recorded_at] as const])
      clock[location] = max([clock[location] ?? '', at])
  return clock
}

export const concurrent = (a: Version, b: Version): boolean => !knows(a.clock, b) && !knows(b.clock, a)

/** The range from the first to the last version whose writer did not know an older one. */
function divergedRange(versions: readonly Version[]): { from: string; to: string } | null {
  const incomplete = sortVersions(versions).filter((v, n, all) => all.slice(0, n).some(older => !knows(v.clock, older)))
  const [first, last] = [incomplete[0], incomplete.at(-1)]
  return first && last ? { from: toVersionKey(first), to: toVersionKey(last) } : null
}

const toRecordingKey = (v: Version): string => `${v.recorded_at}#${v.location}`

/** Returns the last statement digest of each source. */
function lastDigests(versions: readonly Version[]): Record<string, string> {
  const bySource = Map.groupBy(
    versions.filter(v => v.source !== undefined),
    v => v.source,
  )
  const last = [...bySource.values()].map(sourceVersions =>
    sourceVersions.reduce((a, b) => (toRecordingKey(a) > toRecordingKey(b) ? a : b)),
  )
  return Object.fromEntries(last.map(v => [toVersionKey(v), v.statementDigest ?? '']))
}

/** Returns the expected current row of a location that folded these versions, or null. */
export function referenceRow(versions: readonly Version[]) {
  const head = sortVersions(versions).at(-1)
  if (head === undefined) return null
  const locations = [...new Set(versions.map(v => v.location))]
  const recorded = versions.map(v => v.recorded_at)
  const state = referenceFold(versions)
  // An expiry is effective if its writer knew all versions.
  const expires = versions.some(e => e.action === 'expire' && versions.every(v => knows(e.clock, v)))
  return {
    clock: Object.fromEntries(
      locations.map(name => [name, max(versions.filter(v => v.location === name).map(v => v.recorded_at))]),
    ),
    head: toVersionKey(head),
    snapshot: expires ? { ...state, state: 'expired' } : state,
    expired: expires ? (state.state ?? 'active') : null,
    forked: divergedRange(versions),
    created_at: min(recorded),
    updated_at: max(recorded),
    said: lastDigests(versions),
  }
}

const text = (value: unknown): string | null => (value === undefined ? null : String(value))

function view(
  versions: readonly Version[],
  key: string,
  state: Version['snapshot'],
  valid_to: string | null,
  updated_at: string,
  etag: string | null = null,
) {
  const of = versions.find(v => toVersionKey(v) === key)
  const membersUnder = (prefix: string) =>
    Object.entries(state).flatMap(([field, value]): [string, unknown][] =>
      field.startsWith(prefix) ? [[field.slice(prefix.length), value]] : [],
    )
  return {
    id: of?.id,
    type: text(state.type) ?? 'PERSON',
    surname: text(state.surname),
    given_name: text(state.given_name),
    dob: text(state.dob)?.replace('~', '') ?? null,
    dob_approximate: text(state.dob)?.endsWith('~') ?? false,
    document_number: text(state.document_number),
    details: Object.fromEntries(membersUnder('details.')),
    state: state.state,
    merged_into: text(state.merged_into),
    absorbed: membersUnder('absorbed.')
      .map(([id]) => id)
      .sort(),
    version: Buffer.from(key).toString('base64url'),
    valid_from: of?.valid_from,
    valid_to,
    recorded_at: of?.recorded_at,
    location: of?.location,
    created_at: min(versions.map(v => v.recorded_at)),
    updated_at,
    etag,
  }
}

export interface Time {
  as_of?: string | undefined
  known_at?: string | undefined
}

/** Returns the expected customer at a time, or null. */
export function referenceCustomer(versions: readonly Version[], { as_of, known_at }: Time = {}, now = '') {
  const head = sortVersions(versions).at(-1)
  if (head === undefined) return null
  if (as_of === undefined && known_at === undefined)
    return view(
      versions,
      toVersionKey(head),
      referenceFold(versions),
      null,
      max(versions.map(v => v.recorded_at)),
      toEtag(head.id, jointClock(versions)),
    )
  const instant = as_of ?? max([known_at ?? '', now])
  const moment = referenceStateAt(versions, instant, known_at)
  if (moment === null) return null
  const updated_at = versions.find(v => toVersionKey(v) === moment.key)?.recorded_at ?? ''
  return view(versions, moment.key, moment.state, moment.valid_to, updated_at)
}

/** Returns the expected history, newest first. */
export function referenceHistory(versions: readonly Version[]) {
  const all = sortVersions(versions)
  return all
    .map((v, n) => ({
      ...view(all, toVersionKey(v), referenceFold(all.slice(0, n + 1)), all[n + 1]?.valid_from ?? null, v.recorded_at),
      action: v.action,
      actor: v.actor,
      note: v.note ?? null,
      sets: v.sets === '*' ? Object.keys(v.snapshot).sort() : v.sets,
      clock: v.clock,
      conflict: all.some(otherVersion => concurrent(v, otherVersion) && conflictingFields(v, otherVersion).length > 0),
    }))
    .reverse()
}

const setsField = (v: Version, field: string): boolean => v.sets === '*' || v.sets.includes(field)

/** Whether a version deletes, restores, merges or otherwise changes the record's state. */
const isLifecycleChange = (v: Version): boolean =>
  v.action !== 'create' && v.action !== 'update' && v.sets.includes('state')

/** Returns the fields in conflict between two concurrent versions. */
function conflictingFields(a: Version, b: Version): string[] {
  const fields = [...new Set([a, b].flatMap(v => (v.sets === '*' ? Object.keys(v.snapshot) : v.sets)))]
  const differ = fields.filter(
    field => setsField(a, field) && setsField(b, field) && (a.snapshot[field] ?? null) !== (b.snapshot[field] ?? null),
  )
  return isLifecycleChange(a) !== isLifecycleChange(b) && !differ.includes('state') ? [...differ, 'state'] : differ
}

/** Returns the open conflicts of a record: concurrent values that no later writer with knowledge of one of them has replaced. */
export function referenceConflicts(versions: readonly Version[]): { field: string; kept: string; lost: string }[] {
  const pairs = sortVersions(versions).flatMap((a, n, all) => all.slice(n + 1).map(b => [a, b] as const))
  return pairs
    .filter(([a, b]) => concurrent(a, b))
    .flatMap(([a, b]) =>
      conflictingFields(a, b).flatMap(field => {
        const [kept, lost] = field === 'state' && isLifecycleChange(a) && !isLifecycleChange(b) ? [a, b] : [b, a]
        const isResolved = versions.some(v => {
          if (v === a || v === b) return false
          if (setsField(v, field)) return knows(v.clock, a) || knows(v.clock, b)
          return field === 'state' && knows(v.clock, lost) && !knows(v.clock, kept)
        })
        return isResolved ? [] : [{ field, kept: toVersionKey(kept), lost: toVersionKey(lost) }]
      }),
    )
}

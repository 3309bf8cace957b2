/** What a record is to be, from its versions alone, as simply as can be. Nothing here is shared with the domain's own rules. */
import type { Clock, Version } from '#domain/records/version.ts'
import { referenceFold, referenceStateAt, sortVersions, toVersionKey } from '#test/domain/records/reference-model.ts'

export { sortVersions as ordered, toVersionKey as nameOf }

const heard = (clock: Clock, v: Version): boolean => (clock[v.location] ?? '') >= v.recorded_at

export const covered = (versions: readonly Version[], clock: Clock): Version[] => versions.filter(v => heard(clock, v))

/** Those of some versions that can be folded: whose causes, of all the versions there ever were of the record, are among these. */
export function foldable(here: readonly Version[], all: readonly Version[]): Version[] {
  const causes = new Map(here.map(v => [v, all.filter(cause => cause !== v && heard(v.clock, cause))]))
  let ready: ReadonlySet<Version> = new Set()
  for (;;) {
    const more = here.filter(v => causes.get(v)?.every(cause => ready.has(cause)))
    if (more.length === ready.size) return more
    ready = new Set(more)
  }
}

const max = (texts: readonly string[]): string => texts.reduce((a, b) => (a > b ? a : b))
const min = (texts: readonly string[]): string => texts.reduce((a, b) => (a < b ? a : b))

export const concurrent = (a: Version, b: Version): boolean => !heard(a.clock, b) && !heard(b.clock, a)

/** The versions whose snapshots lack an older one: from the first such to the last. */
function forked(versions: readonly Version[]): { from: string; to: string } | null {
  const wrong = sortVersions(versions).filter((v, n, all) => all.slice(0, n).some(older => !heard(v.clock, older)))
  const [first, last] = [wrong[0], wrong.at(-1)]
  return first && last ? { from: toVersionKey(first), to: toVersionKey(last) } : null
}

const recording = (v: Version): string => `${v.recorded_at}#${v.location}`

/** What each source said last. */
function said(versions: readonly Version[]): Record<string, string> {
  const bySource = Map.groupBy(
    versions.filter(v => v.source !== undefined),
    v => v.source,
  )
  const last = [...bySource.values()].map(of => of.reduce((a, b) => (recording(a) > recording(b) ? a : b)))
  return Object.fromEntries(last.map(v => [toVersionKey(v), v.statementDigest ?? '']))
}

/** What a location's current row is to say when these versions are folded; null for none. */
export function naiveRow(versions: readonly Version[]) {
  const head = sortVersions(versions).at(-1)
  if (head === undefined) return null
  const locations = [...new Set(versions.map(v => v.location))]
  const recorded = versions.map(v => v.recorded_at)
  const state = referenceFold(versions)
  // An expiry holds where its writer knew all that there is.
  const expires = versions.some(e => e.action === 'expire' && versions.every(v => heard(e.clock, v)))
  return {
    clock: Object.fromEntries(
      locations.map(name => [name, max(versions.filter(v => v.location === name).map(v => v.recorded_at))]),
    ),
    head: toVersionKey(head),
    snapshot: expires ? { ...state, state: 'expired' } : state,
    expired: expires ? (state.state ?? 'active') : null,
    forked: forked(versions),
    created_at: min(recorded),
    updated_at: max(recorded),
    said: said(versions),
  }
}

const text = (value: unknown): string | null => (value === undefined ? null : String(value))

function view(
  versions: readonly Version[],
  key: string,
  state: Version['snapshot'],
  valid_to: string | null,
  updated_at: string,
) {
  const of = versions.find(v => toVersionKey(v) === key)
  const under = (prefix: string) =>
    Object.entries(state).flatMap(([field, value]): [string, unknown][] =>
      field.startsWith(prefix) ? [[field.slice(prefix.length), value]] : [],
    )
  return {
    id: of?.id,
    type: text(state.type) ?? 'PERSON',
    surname: text(state.surname),
    given_name: text(state.given_name),
    dob: text(state.dob),
    document_number: text(state.document_number),
    details: Object.fromEntries(under('details.')),
    state: state.state,
    merged_into: text(state.merged_into),
    absorbed: under('absorbed.')
      .map(([id]) => id)
      .sort(),
    version: Buffer.from(key).toString('base64url'),
    valid_from: of?.valid_from,
    valid_to,
    recorded_at: of?.recorded_at,
    location: of?.location,
    created_at: min(versions.map(v => v.recorded_at)),
    updated_at,
  }
}

export interface Time {
  as_of?: string | undefined
  known_at?: string | undefined
}

/** The customer that an answer is to show, where these versions are folded; null where there was none at that time. */
export function naiveCustomer(versions: readonly Version[], { as_of, known_at }: Time = {}, now = '') {
  const head = sortVersions(versions).at(-1)
  if (head === undefined) return null
  if (as_of === undefined && known_at === undefined)
    return view(versions, toVersionKey(head), referenceFold(versions), null, max(versions.map(v => v.recorded_at)))
  const instant = as_of ?? max([known_at ?? '', now])
  const moment = referenceStateAt(versions, instant, known_at)
  if (moment === null) return null
  const updated_at = versions.find(v => toVersionKey(v) === moment.key)?.recorded_at ?? ''
  return view(versions, moment.key, moment.state, moment.valid_to, updated_at)
}

/** Every version as the history is to show it, newest first. */
export function naiveHistory(versions: readonly Version[]) {
  const all = sortVersions(versions)
  return all
    .map((v, n) => ({
      ...view(all, toVersionKey(v), referenceFold(all.slice(0, n + 1)), all[n + 1]?.valid_from ?? null, v.recorded_at),
      action: v.action,
      actor: v.actor,
      note: v.note ?? null,
      sets: v.sets === '*' ? Object.keys(v.snapshot).sort() : v.sets,
      clock: v.clock,
      conflict: all.some(other => concurrent(v, other) && disputedFields(v, other).length > 0),
    }))
    .reverse()
}

const setsField = (v: Version, field: string): boolean => v.sets === '*' || v.sets.includes(field)

/** Whether a version takes its record off the list, or puts it there. */
const ends = (v: Version): boolean => v.action !== 'create' && v.action !== 'update' && v.sets.includes('state')

/** What is in dispute between two versions of which neither writer knew the other's. */
function disputedFields(a: Version, b: Version): string[] {
  const fields = [...new Set([a, b].flatMap(v => (v.sets === '*' ? Object.keys(v.snapshot) : v.sets)))]
  const differ = fields.filter(
    field => setsField(a, field) && setsField(b, field) && (a.snapshot[field] ?? null) !== (b.snapshot[field] ?? null),
  )
  return ends(a) !== ends(b) && !differ.includes('state') ? [...differ, 'state'] : differ
}

/** What is in dispute among all versions of a record: what two said at once, and nobody who knew of one of them has said anew. */
export function naiveDisputes(versions: readonly Version[]): { field: string; kept: string; lost: string }[] {
  const pairs = sortVersions(versions).flatMap((a, n, all) => all.slice(n + 1).map(b => [a, b] as const))
  return pairs
    .filter(([a, b]) => concurrent(a, b))
    .flatMap(([a, b]) =>
      disputedFields(a, b).flatMap(field => {
        const [kept, lost] = field === 'state' && ends(a) && !ends(b) ? [a, b] : [b, a]
        const settled = versions.some(v => {
          if (v === a || v === b) return false
          if (setsField(v, field)) return heard(v.clock, a) || heard(v.clock, b)
          return field === 'state' && heard(v.clock, lost) && !heard(v.clock, kept)
        })
        return settled ? [] : [{ field, kept: toVersionKey(kept), lost: toVersionKey(lost) }]
      }),
    )
}

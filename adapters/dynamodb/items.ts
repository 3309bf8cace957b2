import * as z from 'zod'
import { documentKey, nameKey } from '#domain/matching/exact-keys.ts'
import type { RedactedVersion, VersionName } from '#domain/records/change-log-entry.ts'
import { type CurrentRecord, current } from '#domain/records/current.ts'
import { digest } from '#domain/records/digest.ts'
import { type PastIdentity, toIdentity } from '#domain/records/identity.ts'
import type { Tombstone, TombstoneKind } from '#domain/records/tombstone.ts'
import {
  action,
  clock,
  type Kind,
  kind,
  parseKey,
  type State,
  toKey,
  type Version,
  version,
} from '#domain/records/version.ts'
import { toActivity, toHold } from '#domain/retention/hold.ts'
import type { Inactive } from '#domain/retention/port.ts'

export const VERSION = 'v#'
/** Under these keys lie the graves of a record. */
export const PURGED = 'purged' satisfies TombstoneKind
export const ERASED = 'erased' satisfies TombstoneKind
/** Under such keys lies what stays of versions that were removed. */
export const RESIDUE = 'gone#'
/** After every version's key. */
export const LAST_VERSION = 'v#~'

/** Under what a row in which something is in dispute stands in its index. */
export const DISPUTED = 'disputed'

/** In how many partitions this location keeps the current rows of customers. */
export const SHARDS = 8

export const recordPartition = (of: Kind, id: string): string => `${of}#${id}`

/** The record that a partition of the registry is of. */
export function toRecord(pk: string): Pick<Version, 'kind' | 'id'> {
  const split = pk.indexOf('#')
  return { kind: kind.parse(pk.slice(0, split)), id: pk.slice(split + 1) }
}

/** By the last two digits of an id; ids that are names are counted by their letters. */
export function toShard(id: string): number {
  const digits = /[0-9a-f]{2}$/.exec(id)
  const number = digits
    ? Number.parseInt(digits[0], 16)
    : [...id].reduce((sum, letter) => sum + letter.charCodeAt(0), 0)
  return number % SHARDS
}

export const currentPartition = (of: Kind, id: string): string =>
  of === 'customer' ? `customers#${toShard(id)}` : `${of}s`

/** A version as a row of the registry: what its key says stands nowhere else. */
export function versionRow(v: Version): Record<string, unknown> {
  const { kind: of, id, valid_from, recorded_at, location, ...rest } = v
  return { pk: recordPartition(of, id), sk: VERSION + toKey(v), ...rest }
}

const anyRow = z.looseObject({ pk: z.string(), sk: z.string() })

export function toVersion(row: unknown): Version {
  const { pk, sk, ...rest } = anyRow.parse(row)
  return version.parse({
    ...rest,
    ...toRecord(pk),
    ...parseKey(sk.slice(VERSION.length)),
  })
}

const residueRow = z.object({ action, actor: z.string(), digest: z.string() })

export const residueKey = ({ kind: of, id, recorded_at, location }: Omit<VersionName, 'valid_from'>) => ({
  pk: recordPartition(of, id),
  sk: `${RESIDUE}${recorded_at}#${location}`,
})

export function toRedactedVersion(row: unknown): RedactedVersion {
  const { pk, sk, ...rest } = anyRow.parse(row)
  const [recorded_at = '', location = ''] = sk.slice(RESIDUE.length).split('#')
  return { ...residueRow.parse(rest), ...toRecord(pk), recorded_at, location }
}

const purgedRow = z.object({ clock })

/** What a row of a record that is no version says is gone of it. */
export function toTombstone(row: unknown): Tombstone {
  const { sk } = anyRow.parse(row)
  if (sk === ERASED) return { purged: {}, erased: true }
  if (sk === PURGED) return { purged: purgedRow.parse(row).clock, erased: false }
  throw new RangeError('a record has versions and graves, and nothing else')
}

/** An index's key is 2 KB at most: what is longer is told by its digest. */
export const indexKey = (key: string): string => (key.length > 500 ? digest(key) : key)

const toText = (value: unknown): string | null => (typeof value === 'string' ? value : null)

export const activityPartition = (type: string, shard: number): string => `${type}#${shard}`

const HELD = 'held'
const EXPIRED = 'expired'

/** After time and id stands what keeps a customer from leaving, so that a purge need not read the rows to pass over it. */
function activityKey(row: CurrentRecord): string {
  const key = `${toActivity(row)}#${row.id}`
  const hold = toHold(row.snapshot)
  if (row.expired !== null) return `${key}#${EXPIRED}`
  return hold ? `${key}#${HELD}#${hold.until ?? ''}` : key
}

/** What a key of the index by activity says beside time and id. */
export function toInactive(key: string): Omit<Inactive, 'id'> {
  const [, , why, until = ''] = key.split('#')
  return { expired: why === EXPIRED, ...(why === HELD ? { held: until === '' ? null : until } : {}) }
}

/** The attributes by which a customer's current row stands in the indexes. */
function indexAttributes(row: CurrentRecord): Record<string, string> {
  const { id, snapshot } = row
  const activity = {
    activity_pk: activityPartition(String(snapshot.type ?? 'PERSON'), toShard(id)),
    activity_sk: activityKey(row),
  }
  if (snapshot.state !== 'active' && snapshot.state !== 'merged') return activity
  const name = nameKey({ surname: toText(snapshot.surname), given_name: toText(snapshot.given_name) })
  const document = documentKey(toText(snapshot.document_number))
  return {
    ...activity,
    ...(name === null ? {} : { name_key: indexKey(name), name_sk: `${snapshot.dob ?? ''}#${id}` }),
    ...(document === null ? {} : { document_key: indexKey(document) }),
  }
}

/** Under which a decision stands in the indexes for each of the two customers that it is about. */
export const aboutKey = (customer: string): string => `decision#${customer}`

/** A decision is found by either of its customers: the first in one index, the second in another. */
function aboutAttributes({ id, snapshot: { a, b } }: CurrentRecord): Record<string, string> {
  return { activity_pk: aboutKey(String(a)), activity_sk: id, name_key: aboutKey(String(b)), name_sk: id }
}

/** An identity as it is stored: those of its values that are not the snapshot's, by their place. A write costs by the kilobyte. */
const briefIdentity = z.tuple([z.string(), z.record(z.string(), z.string().nullable())])

function brief({ at, who }: PastIdentity, snapshot: State): z.infer<typeof briefIdentity> {
  const now = toIdentity(snapshot)
  return [at, Object.fromEntries(who.flatMap((value, n) => (value === now[n] ? [] : [[String(n), value]])))]
}

const inFull = ([at, others]: z.infer<typeof briefIdentity>, snapshot: State): PastIdentity => ({
  at,
  who: toIdentity(snapshot).map((value, n) => (String(n) in others ? (others[n] ?? null) : value)),
})

/** Members that are empty on nearly every row are left out of it. */
export function currentRow(row: CurrentRecord): Record<string, unknown> {
  const { kind: of, id, forked, waiting, said, keys, identities, expired, purged, disputes, ...rest } = row
  return {
    pk: currentPartition(of, id),
    sk: id,
    kind: of,
    ...rest,
    ...(forked ? { forked } : {}),
    ...(waiting.length > 0 ? { waiting } : {}),
    ...(Object.keys(said).length > 0 ? { said } : {}),
    ...(Object.keys(keys).length > 0 ? { keys } : {}),
    ...(identities.length > 0 ? { identities: identities.map(one => brief(one, row.snapshot)) } : {}),
    ...(expired === null ? {} : { expired }),
    ...(Object.keys(purged).length > 0 ? { purged } : {}),
    ...(disputes.length > 0 ? { disputes, disputed_pk: DISPUTED, disputed_sk: `${of}#${id}` } : {}),
    ...(of === 'customer' ? indexAttributes(row) : {}),
    ...(of === 'decision' ? aboutAttributes(row) : {}),
  }
}

const storedCurrent = current.extend({
  forked: current.shape.forked.default(null),
  waiting: current.shape.waiting.default([]),
  said: current.shape.said.default({}),
  keys: current.shape.keys.default({}),
  identities: z.array(briefIdentity).default([]),
  expired: current.shape.expired.default(null),
  purged: current.shape.purged.default({}),
  disputes: current.shape.disputes.default([]),
})

export function toCurrent(row: unknown): CurrentRecord {
  const { sk, ...rest } = anyRow.parse(row)
  const { identities, ...read } = storedCurrent.parse({ ...rest, id: sk })
  return { ...read, identities: identities.map(one => inFull(one, read.snapshot)) }
}

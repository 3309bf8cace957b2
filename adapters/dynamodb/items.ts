import * as z from 'zod'
import { documentKey, nameKey } from '#domain/matching/exact-keys.ts'
import type { RedactedVersion, VersionName } from '#domain/records/change-log-entry.ts'
import { type CurrentRecord, current, type IndexedRecord } from '#domain/records/current.ts'
import { digest } from '#domain/records/digest.ts'
import { type PastIdentity, toIdentity } from '#domain/records/identity.ts'
import { CURRENT_NAMES, toStoredCurrent, toStoredVersion, VERSION_NAMES } from '#domain/records/stored-names.ts'
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
import { createDecoder } from './decoder.ts'
import { pack, unpack } from './packed-members.ts'

export const VERSION = 'v#'
/** The sort keys of a record's tombstones. */
export const PURGED = 'purged' satisfies TombstoneKind
export const ERASED = 'erased' satisfies TombstoneKind
/** The prefix of the sort keys of redacted versions. */
export const RESIDUE = 'gone#'
/** Sorts after every version's key. */
export const LAST_VERSION = 'v#~'

/** The partition of the sparse index of rows with conflicts. */
export const DISPUTED = 'disputed'

/** The partition of the sparse index of customers with a hold. */
export const HELD_CUSTOMERS = 'held'
/** Sorts after every time: the end of a hold that has none. */
const NO_END = '~'

/** The position before all holds that have not ended at a time. */
export const holdsAfter = (now: string): string => `${now}#~`

/** The partition of the directory of days with audit entries. */
export const AUDIT_DAYS = 'days#audit'

/** The number of partitions of customers' current rows at a location. */
export const SHARDS = 8

export const recordPartition = (of: Kind, id: string): string => `${of}#${id}`

/** The record of a registry partition. */
export function toRecord(pk: string): Pick<Version, 'kind' | 'id'> {
  const split = pk.indexOf('#')
  return { kind: kind.parse(pk.slice(0, split)), id: pk.slice(split + 1) }
}

/** By the last two digits of an id; names are hashed by their characters. */
export function toShard(id: string): number {
  const digits = /[0-9a-f]{2}$/.exec(id)
  const number = digits
    ? Number.parseInt(digits[0], 16)
    : [...id].reduce((sum, letter) => sum + letter.charCodeAt(0), 0)
  return number % SHARDS
}

export const currentPartition = (of: Kind, id: string): string =>
  of === 'customer' ? `customers#${toShard(id)}` : `${of}s`

/** A version as a row of the registry. What the key contains is stored only there. */
export function versionRow(v: Version): Record<string, unknown> {
  const { kind: of, id, valid_from, recorded_at, location, ...rest } = v
  return { pk: recordPartition(of, id), sk: VERSION + toKey(v), ...toStoredVersion(rest) }
}

const toRowKey = createDecoder(z.object({ pk: z.string(), sk: z.string() }))

const decodeVersion = createDecoder(
  version.omit({ kind: true, id: true, valid_from: true, recorded_at: true, location: true }),
  VERSION_NAMES,
)

export function toVersion(row: unknown): Version {
  const { pk, sk } = toRowKey(row)
  return { ...toRecord(pk), ...parseKey(sk.slice(VERSION.length)), ...decodeVersion(row) }
}

const residueRow = z.object({ action, actor: z.string(), digest: z.string() })

export const residueKey = ({ kind: of, id, recorded_at, location }: Omit<VersionName, 'valid_from'>) => ({
  pk: recordPartition(of, id),
  sk: `${RESIDUE}${recorded_at}#${location}`,
})

export function toRedactedVersion(row: unknown): RedactedVersion {
  const { pk, sk } = toRowKey(row)
  const [recorded_at = '', location = ''] = sk.slice(RESIDUE.length).split('#')
  return { ...residueRow.parse(row), ...toRecord(pk), recorded_at, location }
}

const purgedRow = z.object({ clock, before: clock.optional() })

/** The tombstone in a row that is not a version. */
export function toTombstone(row: unknown): Tombstone {
  const { sk } = toRowKey(row)
  if (sk === ERASED) return { purged: {}, erased: true }
  if (sk === PURGED) {
    const { clock: purged, before } = purgedRow.parse(row)
    return { purged, erased: false, ...(before === undefined ? {} : { purgedBefore: before }) }
  }
  throw new RangeError('a record has versions and graves, and nothing else')
}

/** Index keys have at most 2 KB; longer ones are replaced by their digest. */
export const indexKey = (key: string): string => (key.length > 500 ? digest(key) : key)

const toText = (value: unknown): string | null => (typeof value === 'string' ? value : null)

export const activityPartition = (type: string, shard: number): string => `${type}#${shard}`

const HELD = 'held'
const EXPIRED = 'expired'

/**
 * The sort key in the activity index: time, id, and what exempts the customer from a purge, so that a purge can skip it without reading the
 * row.
 */
function activityKey(row: CurrentRecord): string {
  const key = `${toActivity(row)}#${row.id}`
  const hold = toHold(row.snapshot)
  if (row.stateBeforeExpiry !== null) return `${key}#${EXPIRED}`
  return hold ? `${key}#${HELD}#${hold.until ?? ''}` : key
}

/** Decodes what the sort key of the activity index says besides time and id. */
export function toInactive(key: string): Omit<Inactive, 'id'> {
  const [, , why, until = ''] = key.split('#')
  return { expired: why === EXPIRED, ...(why === HELD ? { held: until === '' ? null : until } : {}) }
}

/** The index attributes of a customer's current row. */
function indexAttributes(row: CurrentRecord): Record<string, string> {
  const { id, snapshot } = row
  const hold = toHold(snapshot)
  const activity = {
    activity_pk: activityPartition(String(snapshot.type ?? 'PERSON'), toShard(id)),
    activity_sk: activityKey(row),
    ...(hold ? { held_pk: HELD_CUSTOMERS, held_sk: `${hold.until ?? NO_END}#${id}` } : {}),
  }
  if (snapshot.state !== 'active' && snapshot.state !== 'merged') return activity
  const name = nameKey({ surname: toText(snapshot.surname), given_name: toText(snapshot.given_name) })
  const document = documentKey(toText(snapshot.document_number))
  return {
    ...activity,
    ...(name === null ? {} : { name_key: indexKey(name), name_sk: `${snapshot.dob ?? ''}#` }),
    ...(document === null ? {} : { document_key: indexKey(document) }),
  }
}

/** The index key of decisions about a customer. */
export const aboutKey = (customer: string): string => `decision#${customer}`

/** The index attributes of a decision: the first customer is indexed in one index, the second in the other. */
function aboutAttributes({ id, snapshot: { a, b } }: CurrentRecord): Record<string, string> {
  return { activity_pk: aboutKey(String(a)), activity_sk: id, name_key: aboutKey(String(b)), name_sk: id }
}

/** A stored identity: only the values that differ from the snapshot's, by position. Writes are billed by the kilobyte. */
const briefIdentity = z.tuple([z.string(), z.record(z.string(), z.string().nullable())])

function compressIdentity(
  { at: recordedAt, who: identity }: PastIdentity,
  snapshot: State,
): z.infer<typeof briefIdentity> {
  const now = toIdentity(snapshot)
  return [
    recordedAt,
    Object.fromEntries(identity.flatMap((value, n) => (value === now[n] ? [] : [[String(n), value]]))),
  ]
}

const expandIdentity = ([at, others]: z.infer<typeof briefIdentity>, snapshot: State): PastIdentity => ({
  at,
  who: toIdentity(snapshot).map((value, n) => (String(n) in others ? (others[n] ?? null) : value)),
})

const isEmpty = (value: unknown): boolean =>
  value === null || (typeof value === 'object' && Object.keys(value).length === 0)

/** Members that are empty on most rows. They are stored only if they are not. */
const SPARSE = [
  'divergedRange',
  'pending',
  'sourceDigests',
  'idempotencyKeys',
  'identities',
  'stateBeforeExpiry',
  'purgedClock',
  'disputes',
] as const satisfies (keyof CurrentRecord)[]

/** The stored members of a current row that are objects or lists, without those that conditions of writes compare. */
const PACKED = ['snapshot', 'forked', 'said', 'identities', 'disputes']

/** A current row with its members as they were before they were packed. */
export const unpackCurrent = (row: unknown): unknown => unpack(row, PACKED)

/** Encodes a current row. */
export function currentRow(row: CurrentRecord): Record<string, unknown> {
  const { kind: of, id, ...rest } = row
  const members = { ...rest, identities: row.identities.map(identity => compressIdentity(identity, row.snapshot)) }
  const empty = new Set<string>(SPARSE.filter(name => isEmpty(members[name])))
  const stored = Object.fromEntries(Object.entries(members).filter(([name]) => !empty.has(name)))
  return {
    pk: currentPartition(of, id),
    sk: id,
    ...(of === 'customer' ? {} : { kind: of }),
    ...pack(toStoredCurrent(stored), PACKED),
    ...(row.disputes.length > 0 ? { disputed_pk: DISPUTED, disputed_sk: `${of}#${id}` } : {}),
    ...(of === 'customer' ? indexAttributes(row) : {}),
    ...(of === 'decision' ? aboutAttributes(row) : {}),
  }
}

const storedCurrent = current.extend({
  kind: current.shape.kind.default('customer'),
  divergedRange: current.shape.divergedRange.default(null),
  pending: current.shape.pending.default([]),
  sourceDigests: current.shape.sourceDigests.default({}),
  idempotencyKeys: current.shape.idempotencyKeys.default({}),
  identities: z.array(briefIdentity).default([]),
  stateBeforeExpiry: current.shape.stateBeforeExpiry.default(null),
  purgedClock: current.shape.purgedClock.default({}),
  disputes: current.shape.disputes.default([]),
})

const CURRENT_ATTRIBUTES = { ...CURRENT_NAMES, id: 'sk' }
const decodeCurrent = createDecoder(storedCurrent, CURRENT_ATTRIBUTES)

/** Selects attributes, of whose names some are reserved words. */
const select = (names: readonly string[]) => ({
  ProjectionExpression: names.map(name => `#${name}`).join(),
  ExpressionAttributeNames: Object.fromEntries(names.map(name => [`#${name}`, name])),
})

const currentAttributes = new Map(Object.entries(CURRENT_ATTRIBUTES))

/** Selects what `toCurrent` decodes. A third of a row is for the table's indexes only. */
export const SELECT_CURRENT = select(Object.keys(storedCurrent.shape).map(name => currentAttributes.get(name) ?? name))

/** Decodes a current row. */
export function toCurrent(row: unknown): CurrentRecord {
  const { identities, ...decoded } = decodeCurrent(unpackCurrent(row))
  return { ...decoded, identities: identities.map(identity => expandIdentity(identity, decoded.snapshot)) }
}

const indexedRow = z.object({
  sk: z.string(),
  ...storedCurrent.pick({ clock: true, snapshot: true, created_at: true, updated_at: true, identities: true }).shape,
})

/** Selects what `toIndexed` decodes. */
export const SELECT_INDEXED = select(Object.keys(indexedRow.shape))

const decodeIndexed = createDecoder(indexedRow)

export function toIndexed(row: unknown): IndexedRecord {
  const { sk, identities, ...decoded } = decodeIndexed(unpackCurrent(row))
  return { ...decoded, id: sk, identities: identities.map(identity => expandIdentity(identity, decoded.snapshot)) }
}

import * as z from 'zod'
import { documentKey, nameKey } from '#domain/matching/keys.ts'
import { type Current, current } from '#domain/records/current.ts'
import { digest } from '#domain/records/digest.ts'
import { type Kind, keyOf, kind, partsOf, type Version, version } from '#domain/records/version.ts'

export const VERSION = 'v#'
/** After every version's key. */
export const LAST_VERSION = 'v#~'

/** In how many partitions this location keeps the current rows of customers. */
export const SHARDS = 8

export const recordPartition = (of: Kind, id: string): string => `${of}#${id}`

export const shardOf = (id: string): number => Number.parseInt(id.slice(-2), 16) % SHARDS

export const currentPartition = (of: Kind, id: string): string =>
  of === 'customer' ? `customers#${shardOf(id)}` : `${of}s`

/** A version as a row of the registry: what its key says stands nowhere else. */
export function versionRow(v: Version): Record<string, unknown> {
  const { kind: of, id, valid_from, recorded_at, location, ...rest } = v
  return { pk: recordPartition(of, id), sk: VERSION + keyOf(v), ...rest }
}

const anyRow = z.looseObject({ pk: z.string(), sk: z.string() })

export function versionOf(row: unknown): Version {
  const { pk, sk, ...rest } = anyRow.parse(row)
  const split = pk.indexOf('#')
  return version.parse({
    ...rest,
    kind: kind.parse(pk.slice(0, split)),
    id: pk.slice(split + 1),
    ...partsOf(sk.slice(VERSION.length)),
  })
}

/** An index's key is 2 KB at most: what is longer is told by its digest. */
export const indexKey = (key: string): string => (key.length > 500 ? digest(key) : key)

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/** The attributes by which a customer's current row stands in the indexes. */
function indexAttributes({ id, snapshot, updated_at }: Current): Record<string, string> {
  const activity = { activity_pk: `${snapshot.type}#${shardOf(id)}`, activity_sk: `${updated_at}#${id}` }
  if (snapshot.state !== 'active' && snapshot.state !== 'merged') return activity
  const name = nameKey({ surname: textOf(snapshot.surname), given_name: textOf(snapshot.given_name) })
  const document = documentKey(textOf(snapshot.document_number))
  return {
    ...activity,
    ...(name === null ? {} : { name_key: indexKey(name), name_sk: `${snapshot.dob ?? ''}#${id}` }),
    ...(document === null ? {} : { document_key: indexKey(document) }),
  }
}

/** Members that are empty on nearly every row are left out of it. */
export function currentRow(row: Current): Record<string, unknown> {
  const { kind: of, id, forked, waiting, said, keys, identities, ...rest } = row
  return {
    pk: currentPartition(of, id),
    sk: id,
    kind: of,
    ...rest,
    ...(forked ? { forked } : {}),
    ...(waiting.length > 0 ? { waiting } : {}),
    ...(Object.keys(said).length > 0 ? { said } : {}),
    ...(Object.keys(keys).length > 0 ? { keys } : {}),
    ...(identities.length > 0 ? { identities } : {}),
    ...(of === 'customer' ? indexAttributes(row) : {}),
  }
}

const storedCurrent = current.extend({
  forked: current.shape.forked.default(null),
  waiting: current.shape.waiting.default([]),
  said: current.shape.said.default({}),
  keys: current.shape.keys.default({}),
  identities: current.shape.identities.default([]),
})

export function currentOf(row: unknown): Current {
  const { sk, ...rest } = anyRow.parse(row)
  return storedCurrent.parse({ ...rest, id: sk })
}

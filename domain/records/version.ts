import * as z from 'zod'

/** A value of one field. A cleared field (null) has no entry in a state. */
export const value = z.union([z.string(), z.number(), z.boolean()])
export type Value = z.infer<typeof value>

/** What a record is at some moment, by field name. */
export const state = z.record(z.string(), value)
export type State = z.infer<typeof state>

/** For each location the `recorded_at` of the newest of its versions that is folded in: a version vector. */
export const clock = z.record(z.string(), z.string())
export type Clock = z.infer<typeof clock>

export const action = z.enum(['create', 'update', 'delete', 'restore', 'merge', 'split', 'hold', 'release', 'expire'])
export const kind = z.enum(['customer', 'field', 'type', 'decision', 'policy'])
export type Kind = z.infer<typeof kind>

/** One immutable change of one record. Times are ISO 8601, UTC, with milliseconds, so that text order is time order. */
export const version = z.object({
  kind,
  id: z.string(),
  /** When it holds true in the world. */
  valid_from: z.string(),
  /** When it was written: a hybrid logical clock, later than everything of this record that its writer had folded. */
  recorded_at: z.string(),
  location: z.string(),
  action,
  actor: z.string(),
  request_id: z.string(),
  /** The fields it sets; `*` sets every field there is (a create), those not in the snapshot to null. */
  sets: z.union([z.literal('*'), z.array(z.string())]),
  /** The whole record as its writer saw it, right after this version in the order. */
  snapshot: state,
  /** What the fields it sets were right before it in the order, as its writer saw it. */
  previousValues: state,
  /** The key of the version right before it in the order, as its writer saw it. */
  predecessor: z.string().optional(),
  clock,
  /** The `recorded_at` of its own location's version before. */
  previousLocal: z.string().optional(),
  /** Who outside says so, for rows of a source. */
  source: z.string().optional(),
  /** The source whose history it is a part of, where it was sent with an effective date: it is not what the source said last. */
  historySource: z.string().optional(),
  /** What the source says of fields that it does not set, since it said so before and another has changed them since. */
  sourceOverrides: z.record(z.string(), value.nullable()).optional(),
  /** A digest of the statement that it records. */
  statementDigest: z.string().optional(),
  /** Why, in the writer's words. */
  note: z.string().optional(),
  /** A digest of the caller and the idempotency key that it was written under. */
  idempotency: z.string().optional(),
  /** Chance, so that nobody who has the version's digest finds out what it said. Goes with it. */
  salt: z.string().optional(),
  /** If values of erased or purged customers were removed from it: the digest of the version as it was written, and who they are. */
  redaction: z.object({ digest: z.string(), erased: z.array(z.string()) }).optional(),
})
export type Version = z.infer<typeof version>

/** A version's place in the one order: valid time, then recording time, then location. Unique within a record; compares as text. */
export const toKey = (v: Pick<Version, 'valid_from' | 'recorded_at' | 'location'>): string =>
  `${v.valid_from}#${v.recorded_at}#${v.location}`

/** When and where a version was recorded, as a string that sorts in the order of recording. */
export const toRecording = ({ recorded_at, location }: Pick<Version, 'recorded_at' | 'location'>): string =>
  `${recorded_at}#${location}`

export interface KeyParts {
  valid_from: string
  recorded_at: string
  location: string
}

export function parseKey(key: string): KeyParts {
  const [valid_from = '', recorded_at = '', location = ''] = key.split('#')
  return { valid_from, recorded_at, location }
}

/** The greatest key that a version valid from `instant` or before can have. */
export const maxKeyAt = (instant: string): string => `${instant}#~`

export const compareVersions = (a: Version, b: Version): number =>
  toKey(a) < toKey(b) ? -1 : toKey(a) > toKey(b) ? 1 : 0

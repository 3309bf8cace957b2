import * as z from 'zod'
import { digest } from './digest.ts'
import { parseKey, toKey, toRecording, type Version } from './version.ts'

/** The version that a statement made, so that a repetition of it can be answered with that version. */
const statementReceipt = z.object({ digest: z.string(), version: z.string() })
/** The same with its time: a statement that changed nothing is answered with an older version. */
const keyedStatement = statementReceipt.extend({ at: z.string() })

/** Each source's last statement, by the source's key. */
export const sourceDigests = z.record(z.string(), statementReceipt)
type SourceDigests = z.infer<typeof sourceDigests>

/** The statements made under the newest idempotency keys. */
export const idempotencyKeys = z.record(z.string(), keyedStatement)
type IdempotencyKeys = z.infer<typeof idempotencyKeys>

/** The key of a source's digest. It is hashed because a source's name may be any text, even `__proto__`. */
export const sourceKey = (source: string): string => digest(source)

/** A current row keeps this many idempotency keys, for one day before its newest version. Older ones are read from the history. */
export const KEYS_KEPT = 8
const KEYS_KEPT_MS = 24 * 3600 * 1000

/** The oldest time of a key that a row written at `written` keeps. */
export const keyCutoff = (written: string): string => new Date(Date.parse(written) - KEYS_KEPT_MS).toISOString()

const toReceipt = (v: Version) => ({ digest: v.statementDigest ?? '', version: toKey(v) })

type Keyed = z.infer<typeof keyedStatement>

/** Whether `a` was made after `b`. Ties are broken by the version key, so that every location agrees. */
const newer = (a: Keyed, b: Keyed): boolean => (a.at === b.at ? a.version > b.version : a.at > b.at)

/** Keeps the newest keys of the day before `now`. */
export function newestKeys(keys: IdempotencyKeys, now: string): IdempotencyKeys {
  const since = keyCutoff(now)
  const newest = Object.entries(keys)
    .filter(([, { at }]) => at >= since)
    .sort(([, a], [, b]) => (newer(a, b) ? -1 : 1))
    .slice(0, KEYS_KEPT)
  return Object.fromEntries(newest)
}

/** The newest keys, including this version's. */
export function rememberStatement(keys: IdempotencyKeys, v: Version, updated_at: string): IdempotencyKeys {
  if (v.idempotency === undefined) return newestKeys(keys, updated_at)
  const [statement, stored] = [{ ...toReceipt(v), at: v.recorded_at }, keys[v.idempotency]]
  return newestKeys({ ...keys, [v.idempotency]: stored && newer(stored, statement) ? stored : statement }, updated_at)
}

/** Each source's last statement, including this version's. */
export function rememberSource(digests: SourceDigests, v: Version): SourceDigests {
  if (v.source === undefined) return digests
  const source = sourceKey(v.source)
  const last = digests[source]
  return last && toRecording(parseKey(last.version)) > toRecording(v) ? digests : { ...digests, [source]: toReceipt(v) }
}

import { KeyReused } from '../errors.ts'
import type { CurrentRecord } from '../records/current.ts'
import { digest } from '../records/digest.ts'
import type { RecordStore } from '../records/port.ts'
import type { VersionReader } from '../records/read.ts'
import { KEYS_KEPT, keyCutoff } from '../records/statements.ts'
import { toKey, type Version } from '../records/version.ts'

/** An idempotency key as it is stored: hashed, and specific to its caller. */
export const toIdempotency = (actor: string, key: string | undefined): string | undefined =>
  key === undefined ? undefined : digest([actor, key])

/** The newest version recorded since a time that passes the test. */
async function newest(read: VersionReader, since: string, passes: (v: Version) => boolean): Promise<Version | null> {
  for (let below: string | undefined; ; ) {
    const page = await read({ ...(below === undefined ? {} : { below }), newestFirst: true, limit: 100 })
    const match = page.find(passes)
    const last = page.at(-1)
    if (match || !last || page.length < 100 || last.recorded_at < since) return match ?? null
    below = toKey(last)
  }
}

/**
 * Finds the key of the version that a statement made before with this idempotency key; null if the idempotency key is new. It is kept for
 * a day; that of a creation is kept without limit, because the customer's id derives from it.
 *
 * @throws KeyReused when the idempotency key was used for another statement.
 */
export async function findReplayedKey(
  store: RecordStore,
  row: CurrentRecord,
  idempotency: string | undefined,
  statementDigest: string | undefined,
  forEver = false,
): Promise<string | null> {
  if (idempotency === undefined) return null
  const receipt = row.idempotencyKeys[idempotency]
  if (receipt) {
    if (receipt.digest !== statementDigest) throw new KeyReused()
    return receipt.version
  }
  const all = Object.keys(row.idempotencyKeys).length < KEYS_KEPT
  if (all && !forEver) return null
  const since = forEver ? '' : keyCutoff(row.updated_at)
  const version = await newest(store.versions(row.kind, row.id, true), since, v => v.idempotency === idempotency)
  if (version && version.statementDigest !== statementDigest) throw new KeyReused()
  return version && toKey(version)
}

/** Finds the version that a statement made before, as `findReplayedKey` finds its key. */
export async function findReplay(
  store: RecordStore,
  row: CurrentRecord,
  idempotency: string | undefined,
  statementDigest: string | undefined,
  forEver = false,
): Promise<Version | null> {
  const key = await findReplayedKey(store, row, idempotency, statementDigest, forEver)
  return key === null ? null : store.version(row.kind, row.id, key)
}

import { KeyReused } from '../errors.ts'
import { type CurrentRecord, KEYS_KEPT, keyCutoff } from '../records/current.ts'
import { digest } from '../records/digest.ts'
import type { RecordStore } from '../records/port.ts'
import type { VersionReader } from '../records/read.ts'
import { toKey, type Version } from '../records/version.ts'

/** An idempotency key as it is kept: of one caller, and not readable. */
export const toIdempotency = (actor: string, key: string | undefined): string | undefined =>
  key === undefined ? undefined : digest([actor, key])

/** The newest version that passes, as far back as versions were recorded since. */
async function newest(read: VersionReader, since: string, passes: (v: Version) => boolean): Promise<Version | null> {
  for (let below: string | undefined; ; ) {
    const page = await read({ ...(below === undefined ? {} : { below }), newestFirst: true, limit: 100 })
    const found = page.find(passes)
    const last = page.at(-1)
    if (found || !last || page.length < 100 || last.recorded_at < since) return found ?? null
    below = toKey(last)
  }
}

/**
 * The version that a statement made before under this idempotency key; null when the key is new. A key is remembered for a day; the
 * one that a customer was created under, and so named by, for ever.
 *
 * @throws KeyReused when the key was used for another statement.
 */
export async function findReplay(
  store: RecordStore,
  row: CurrentRecord,
  idempotency: string | undefined,
  said: string | undefined,
  forEver = false,
): Promise<Version | null> {
  if (idempotency === undefined) return null
  const kept = row.keys[idempotency]
  const all = Object.keys(row.keys).length < KEYS_KEPT
  if (kept) {
    if (kept.digest !== said) throw new KeyReused()
    return store.version(row.kind, row.id, kept.version)
  }
  if (all && !forEver) return null
  const since = forEver ? '' : keyCutoff(row.updated_at)
  const version = await newest(store.versions(row.kind, row.id, true), since, v => v.idempotency === idempotency)
  if (version && version.said !== said) throw new KeyReused()
  return version
}

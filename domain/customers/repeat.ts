import { KeyReused } from '../errors.ts'
import type { RecordStore } from '../ports.ts'
import type { Current } from '../records/current.ts'
import { digest } from '../records/digest.ts'
import type { VersionReader } from '../records/read.ts'
import { keyOf, type Version } from '../records/version.ts'

/** An idempotency key as it is kept: of one caller, and not readable. */
export const idempotencyOf = (actor: string, key: string | undefined): string | undefined =>
  key === undefined ? undefined : digest([actor, key])

async function findInHistory(read: VersionReader, idempotency: string): Promise<Version | null> {
  for (let above: string | undefined; ; ) {
    const page = await read({ ...(above === undefined ? {} : { above }), limit: 100 })
    const found = page.find(v => v.idempotency === idempotency)
    const last = page.at(-1)
    if (found || !last || page.length < 100) return found ?? null
    above = keyOf(last)
  }
}

/**
 * The version that a statement made before under this idempotency key; null when the key is new.
 *
 * @param thorough looks through the whole history too, not among the newest keys alone: right where the key names the record.
 * @throws KeyReused when the key was used for another statement.
 */
export async function repeated(
  store: RecordStore,
  row: Current,
  idempotency: string | undefined,
  said: string | undefined,
  thorough: boolean,
): Promise<Version | null> {
  if (idempotency === undefined) return null
  const kept = row.keys[idempotency]
  const version = kept
    ? await store.version(row.kind, row.id, kept.version)
    : thorough
      ? await findInHistory(store.versions(row.kind, row.id, true), idempotency)
      : null
  if (version && version.said !== said) throw new KeyReused()
  return version
}

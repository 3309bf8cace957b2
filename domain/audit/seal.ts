import type { LocationStore } from '../locations/port.ts'
import type { RequestContext } from '../ports.ts'
import { earlier } from '../records/clock.ts'
import { longDigest } from '../records/digest.ts'
import { after, entriesBetween, FIRST, toLocation } from './entries.ts'
import type { AuditStore, Entry, Seal } from './port.ts'

/** Entries that one seal holds: a row has 400 KB at most. */
const MOST = 1000
/** Entries that are read at once of each partition. */
export const CHUNK = 250
/** A time without entries is sealed too, but not so often. */
const QUIET_MS = 3_600_000

/** A digest of all that an entry is: of a change the digest of its version stands for what that said. */
export function toDigest(entry: Entry): string {
  if ('access' in entry) return longDigest(entry.access)
  const { kind, id, recorded_at, location, action, actor, digest } = entry.line
  return longDigest([kind, id, recorded_at, location, action, actor, digest])
}

export const toHash = ({ location, n, from, to, at, entries, prev }: Omit<Seal, 'hash'>): string =>
  longDigest([location, n, from, to, at, entries, prev])

const ago = (instant: string, ms: number): string => new Date(Date.parse(instant) - ms).toISOString()

/**
 * The moment before which all that this location makes is in its tables: past by `margin` milliseconds, and by as much before the last own
 * heartbeat that has come through the registry's stream, since the line of a version comes by that. null: none has.
 */
export async function highWatermark(
  { locations }: { locations: LocationStore },
  now: string,
  margin: number,
): Promise<string | null> {
  const { read } = await locations.localStatus()
  return read && ago(earlier(now, read), margin)
}

/** What one run sealed. */
export interface Sealed {
  seals: number
  entries: number
}

/**
 * Seals what this location has made since its last seal, up to a moment safely past (`highWatermark`). What gets its line later still was
 * not sealed, and a verification says so.
 *
 * Each seal holds the digest of each entry, and a hash over them and over the seal before; it never changes.
 */
export async function sealEntries(
  { audit, locations }: { audit: AuditStore; locations: LocationStore },
  { location, now }: Pick<RequestContext, 'location' | 'now'>,
  margin: number,
  most = MOST,
): Promise<Sealed> {
  const sealed: Sealed = { seals: 0, entries: 0 }
  const until = await highWatermark({ locations }, now, margin)
  if (until === null) return sealed
  let last = await audit.lastSeal(location)
  const from = last?.to ?? FIRST
  if (until <= from) return sealed

  /** False when another run was first. */
  const put = async (entries: Seal['entries'], to: string): Promise<boolean> => {
    const seal = {
      location,
      n: (last?.n ?? 0) + 1,
      from: last?.to ?? FIRST,
      to,
      at: now,
      entries,
      prev: last?.hash ?? null,
    }
    const done = { ...seal, hash: toHash(seal) }
    if (!(await audit.putSeal(done))) return false
    last = done
    sealed.seals += 1
    sealed.entries += entries.length
    return true
  }

  let open: [string, string][] = []
  for await (const entry of entriesBetween(audit, { above: from, below: until }, false, CHUNK)) {
    if (toLocation(entry) !== location) continue
    open.push([entry.key, toDigest(entry)])
    if (open.length < most) continue
    if (!(await put(open, after(entry.key)))) return sealed
    open = []
  }
  if (open.length > 0 || last === null || last.to <= ago(now, QUIET_MS)) await put(open, until)
  return sealed
}

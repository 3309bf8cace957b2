import type { LocationStore } from '../locations/port.ts'
import type { RequestContext } from '../ports.ts'
import { earlier } from '../records/clock.ts'
import { longDigest } from '../records/digest.ts'
import { after, entriesBetween, FIRST, toLocation } from './entries.ts'
import type { AuditStore, Entry, Seal } from './port.ts'

/** Entries per seal, because an item may have 400 KB. */
const MOST = 1000
/** Entries that are read at once of each partition. */
export const CHUNK = 250
/** Periods without entries are sealed, too, but less often. */
const QUIET_MS = 3_600_000

/** The digest of an entry. For a change, the digest of its version covers its content. */
export function toDigest(entry: Entry): string {
  if ('access' in entry) return longDigest(entry.access)
  const { kind, id, recorded_at, location, action, actor, digest } = entry.line
  return longDigest([kind, id, recorded_at, location, action, actor, digest])
}

export const toHash = ({ location, n, from, to, at, entries, prev }: Omit<Seal, 'hash'>): string =>
  longDigest([location, n, from, to, at, entries, prev])

const ago = (instant: string, ms: number): string => new Date(Date.parse(instant) - ms).toISOString()

/**
 * The time before which everything that this location writes is in its tables: `margin` milliseconds ago, and as long before the last own
 * heartbeat that has passed through the registry's stream, because change-log entries are written by the stream's reader. Null if none has
 * passed.
 */
export async function highWatermark(
  { locations }: { locations: LocationStore },
  now: string,
  margin: number,
): Promise<string | null> {
  const { read } = await locations.localStatus()
  return read && ago(earlier(now, read), margin)
}

/** The result of one run. */
export interface Sealed {
  seals: number
  entries: number
}

/**
 * Seals what this location has written since its last seal, up to the high-water mark. Verification reports entries that arrive even later
 * as not sealed.
 *
 * A seal has the digest of each entry, and a hash over them and the previous seal. It never changes.
 */
export async function sealEntries(
  { audit, locations }: { audit: AuditStore; locations: LocationStore },
  { location, now }: Pick<RequestContext, 'location' | 'now'>,
  margin: number,
  maxEntries = MOST,
): Promise<Sealed> {
  const sealed: Sealed = { seals: 0, entries: 0 }
  const until = await highWatermark({ locations }, now, margin)
  if (until === null) return sealed
  let last = await audit.lastSeal(location)
  const from = last?.to ?? FIRST
  if (until <= from) return sealed

  /** Returns false if another run was first. */
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
    if (open.length < maxEntries) continue
    if (!(await put(open, after(entry.key)))) return sealed
    open = []
  }
  if (open.length > 0 || last === null || last.to <= ago(now, QUIET_MS)) await put(open, until)
  return sealed
}

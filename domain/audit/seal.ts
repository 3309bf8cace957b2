import type { LocationStore } from '../locations/port.ts'
import type { RequestContext } from '../ports.ts'
import { longDigest } from '../records/digest.ts'
import { after, CHUNK, entriesBetween, FIRST, LAST, toLocation } from './entries.ts'
import { ago, highWatermark } from './high-watermark.ts'
import { rewind } from './index-entries.ts'
import type { AuditStore, Entry, Keys, Seal } from './port.ts'

/** Entries per seal, because an item may have 400 KB. */
const MOST = 1000
/** Periods without entries are sealed, too, but less often. */
const QUIET_MS = 3_600_000
/** Concurrent runs may read the time in another order than they read the last seal. */
const SKEW_MS = 5000

/** The digest of an entry. For a change, the digest of its version covers its content. */
export function toDigest(entry: Entry): string {
  if ('access' in entry) return longDigest(entry.access)
  const { kind, id, recorded_at, location, action, actor, digest } = entry.line
  return longDigest([kind, id, recorded_at, location, action, actor, digest])
}

/** Seals without restarts have the hash that seals had before there were any. */
export const toHash = ({ location, n, from, to, at, entries, prev, restarts }: Omit<Seal, 'hash'>): string =>
  longDigest([location, n, from, to, at, entries, prev, ...(restarts.length > 0 ? [restarts] : [])])

/** Whether the clock was set back since a seal: entries may have been written within the period that is already sealed. */
const isSetBack = ({ at, to }: Seal, now: string, margin: number): boolean =>
  now < ago(at, Math.min(SKEW_MS, margin)) || now < to

/** The result of one run. */
export interface Sealed {
  seals: number
  entries: number
  /** From where the location seals again, if this run noticed that its clock was set back. */
  restarted?: string
}

/** Puts seals of a location, each after the last. */
class SealChain {
  readonly sealed: Sealed = { seals: 0, entries: 0 }
  last: Seal | null
  readonly #audit: AuditStore
  readonly #context: Pick<RequestContext, 'location' | 'now'>
  readonly #maxEntries: number

  constructor(
    audit: AuditStore,
    context: Pick<RequestContext, 'location' | 'now'>,
    maxEntries: number,
    last: Seal | null,
  ) {
    this.#audit = audit
    this.#context = context
    this.#maxEntries = maxEntries
    this.last = last
  }

  get end(): string {
    return this.last?.to ?? FIRST
  }

  /** Returns false if another run was first. */
  async put(entries: Seal['entries'], to: string, restart?: string): Promise<boolean> {
    const { location, now: at } = this.#context
    const n = (this.last?.n ?? 0) + 1
    const restarts = this.last?.restarts ?? []
    const seal = {
      location,
      n,
      from: restart ?? this.end,
      to,
      at,
      entries,
      prev: this.last?.hash ?? null,
      restarts: restart === undefined ? restarts : [...restarts, { n, from: restart, at }],
    }
    const done = { ...seal, hash: toHash(seal) }
    if (!(await this.#audit.putSeal(done))) return false
    this.last = done
    this.sealed.seals += 1
    this.sealed.entries += entries.length
    return true
  }

  /** Puts a seal for each full number of the location's entries, and returns the others; null if another run was first. */
  async putFull(keys: Keys): Promise<[string, string][] | null> {
    let open: [string, string][] = []
    for await (const entry of entriesBetween(this.#audit, keys, false, CHUNK)) {
      if (toLocation(entry) !== this.#context.location) continue
      open.push([entry.key, toDigest(entry)])
      if (open.length < this.#maxEntries) continue
      if (!(await this.put(open, after(entry.key)))) return null
      open = []
    }
    return open
  }
}

/**
 * Begins to seal again after the clock was set back.
 * 1. It seals the entries with later times than the last seal's, since the clock may take long to get there.
 * 2. It rewinds the index of the audit.
 * 3. It puts an empty seal an hour before the present, because a location seals at least every hour. The next seals cover everything from
 *    there on, so also the entries in periods that were sealed before.
 *
 * @returns false if another run was first.
 */
async function restart(audit: AuditStore, chain: SealChain, now: string): Promise<boolean> {
  const rest = await chain.putFull({ above: chain.end, below: LAST })
  const lastKey = rest?.at(-1)?.[0]
  if (rest === null || (lastKey !== undefined && !(await chain.put(rest, after(lastKey))))) return false
  const from = ago(now, QUIET_MS)
  await rewind(audit, from)
  if (!(await chain.put([], from, from))) return false
  chain.sealed.restarted = from
  return true
}

/**
 * Seals what this location has written since its last seal, up to the high-water mark. Verification reports entries that arrive even later
 * as inserted. If the clock was set back, it first restarts.
 *
 * A seal has the digest of each entry, and a hash over them and the previous seal. It never changes.
 */
export async function sealEntries(
  { audit, locations }: { audit: AuditStore; locations: LocationStore },
  { location, now }: Pick<RequestContext, 'location' | 'now'>,
  margin: number,
  maxEntries = MOST,
): Promise<Sealed> {
  const last = await audit.lastSeal(location)
  const chain = new SealChain(audit, { location, now }, maxEntries, last)
  if (last !== null && isSetBack(last, now, margin) && !(await restart(audit, chain, now))) return chain.sealed
  const until = await highWatermark({ locations }, now, margin)
  if (until === null || until <= chain.end) return chain.sealed
  const open = await chain.putFull({ above: chain.end, below: until })
  if (open !== null && (open.length > 0 || chain.last === null || chain.end <= ago(now, QUIET_MS)))
    await chain.put(open, until)
  return chain.sealed
}

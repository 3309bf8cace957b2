import * as z from 'zod'
import type { AuditVerification } from '#contract/schemas/audit.ts'
import type { LocationStore } from '../locations/port.ts'
import { toChangeLogEntry, toRedactedEntry } from '../records/change-log-entry.ts'
import { longDigest } from '../records/digest.ts'
import type { Version } from '../records/version.ts'
import { CHUNK, entriesBetween, FIRST, toLocation } from './entries.ts'
import type { AuditStore, Entry, Restart, Seal } from './port.ts'
import { toDigest, toHash } from './seal.ts'

/** The position of a verification: after this seal of this location. */
export const verifyPlace = z.object({
  location: z.string(),
  n: z.number(),
  to: z.string(),
  hash: z.string().nullable(),
})
export type VerifyPlace = z.infer<typeof verifyPlace>

/** Seals that are read at once. */
const PAGE = 4
/** Entries whose versions are read at once. */
const PAGE_SIZE = 100
/** How many differences of each kind are reported. */
const TOLD = 10

type Kinds = keyof AuditVerification['differences']
type Differing = Record<Kinds, string[]>

type VerifyPorts = { audit: AuditStore; locations: LocationStore }

/**
 * Versions that claim to be redacted for somebody who was neither erased nor purged count as what they are, so that their digests differ from
 * the sealed ones.
 */
async function checkRedactions(audit: AuditStore, versions: readonly (Version | null)[]): Promise<(Version | null)[]> {
  const claimed = [...new Set(versions.flatMap(version => version?.redaction?.erased ?? []))]
  const erased = new Set(claimed.length > 0 ? await audit.tombstoned(claimed) : [])
  return versions.map(version => {
    if (version?.redaction === undefined || version.redaction.erased.every(id => erased.has(id))) return version ?? null
    const { redaction: _, ...rest } = version
    return rest
  })
}

/**
 * The entry according to the registry instead of the change log: from its version, or from what is kept of it after a purge or erasure.
 * Null if there is neither.
 */
async function authoritative({ audit }: { audit: AuditStore }, entries: readonly Entry[]): Promise<(Entry | null)[]> {
  const lines = entries.flatMap(entry => ('line' in entry ? [entry.line] : []))
  const versions = await checkRedactions(audit, await audit.versions(lines))
  const missingLines = lines.filter((_, n) => versions[n] === null)
  const residues = missingLines.length > 0 ? await audit.residues(missingLines) : []
  const redacted = new Map(missingLines.map((line, n) => [line, residues[n]]))
  const versionsByLine = new Map(lines.map((line, n) => [line, versions[n]]))
  return entries.map(entry => {
    if ('access' in entry) return entry
    const [version, residue] = [versionsByLine.get(entry.line), redacted.get(entry.line)]
    const line = version ? toChangeLogEntry(version) : residue ? toRedactedEntry(residue) : null
    return line && { key: entry.key, line }
  })
}

/** Whether a change-log entry agrees with its version. */
function matchesEntry(entry: Entry, actual: Entry | null): boolean {
  if (!actual || 'access' in actual || 'access' in entry) return actual !== null
  return toDigest(entry) === toDigest(actual)
}

/** The entries within a seal's range by key, with the digests that the registry gives. */
async function digests(ports: VerifyPorts, { location, from, to }: Seal, differing: Differing) {
  const digestsByKey = new Map<string, string | null>()
  let waiting: Entry[] = []
  const look = async () => {
    const are = await authoritative(ports, waiting)
    for (const [n, entry] of waiting.entries()) {
      const actual = are[n] ?? null
      if (actual && !matchesEntry(entry, actual)) differing.changed.push(`${entry.key} (its line)`)
      digestsByKey.set(entry.key, actual && toDigest(actual))
    }
    waiting = []
  }
  for await (const entry of entriesBetween(ports.audit, { above: from, below: to }, false, CHUNK)) {
    if (toLocation(entry) !== location) continue
    waiting.push(entry)
    if (waiting.length === PAGE_SIZE) await look()
  }
  await look()
  return digestsByKey
}

/**
 * Compares the entries within a seal's range with the seal. Entries in a period that the location sealed again are not reported as inserted:
 * the later seals of that period have all of its entries.
 */
async function compare(
  ports: VerifyPorts,
  seal: Seal,
  restarts: readonly Restart[],
  differing: Differing,
): Promise<void> {
  const laterRestarts = restarts.filter(({ n }) => n > seal.n)
  const actualDigests = await digests(ports, seal, differing)
  for (const [key, digest] of seal.entries) {
    const actual = actualDigests.get(key) ?? null
    actualDigests.delete(key)
    if (actual === null) differing.removed.push(key)
    else if (actual !== digest) differing.changed.push(key)
  }
  for (const key of actualDigests.keys())
    if (laterRestarts.every(({ from }) => key < from)) differing.inserted.push(key)
}

/** What is wrong with a seal as the successor of another; null if nothing is. `restarts` are those of the location's last seal. */
function broken(
  seal: Seal,
  { n, to, hash }: Omit<VerifyPlace, 'location'>,
  restarts: readonly Restart[],
): string | null {
  if (seal.n !== n + 1) return `seals ${n + 1} to ${seal.n - 1} of ${seal.location} are not there`
  if (seal.hash !== toHash(seal)) return `seal ${seal.n} of ${seal.location} was changed`
  const from = restarts.find(restart => restart.n === seal.n)?.from ?? to
  const restartsSoFar = restarts.filter(restart => restart.n <= seal.n)
  if (longDigest(seal.restarts) !== longDigest(restartsSoFar)) return `seal ${seal.n} of ${seal.location} was changed`
  if (seal.prev !== hash || seal.from !== from)
    return `seal ${seal.n} of ${seal.location} does not follow the one before`
  return null
}

const BEGINNING = { n: 0, to: FIRST, hash: null }

const toSample = (texts: readonly string[]) => ({ count: texts.length, entries: texts.slice(0, TOLD) })

/**
 * Compares the entries here with the locations' seals, from a position, at least one seal and further while `hasTime` returns true. It finds
 * entries that were removed, changed or inserted since. Purges and erasures leave the digests of what they delete, and are not reported.
 *
 * @throws Unavailable
 */
export async function verify(
  ports: VerifyPorts,
  place: VerifyPlace | null,
  hasTime: () => boolean,
): Promise<Omit<AuditVerification, 'next'> & { next: VerifyPlace | null }> {
  const differing: Differing = { removed: [], changed: [], inserted: [], broken: [] }
  const sealed: AuditVerification['sealed'] = {}
  const restarted: AuditVerification['restarts'] = []
  const lastSeals = new Map<string, Seal | null>()
  let [seals, entries] = [0, 0]
  const names = (await ports.locations.heartbeats()).map(({ name }) => name).sort()
  const first = names[0]
  /** The restarts of a location's last seal, which is read once; a page of seals may have a later one. */
  const restartsOf = async (name: string, page: readonly Seal[]): Promise<readonly Restart[]> => {
    const last = lastSeals.get(name) ?? (await ports.audit.lastSeal(name))
    lastSeals.set(name, last)
    const newest = page.at(-1)
    return (last !== null && last.n >= (newest?.n ?? 0) ? last : newest)?.restarts ?? []
  }
  let at: VerifyPlace | null = place ?? (first === undefined ? null : { location: first, ...BEGINNING })
  while (at !== null && (seals === 0 || hasTime())) {
    const { location }: VerifyPlace = at
    const page = await ports.audit.seals(location, at.n, PAGE)
    const restarts = page.length > 0 ? await restartsOf(location, page) : []
    for (const seal of page) {
      if (seals > 0 && !hasTime()) break
      const fault = broken(seal, at, restarts)
      if (fault) differing.broken.push(fault)
      restarted.push(...restarts.filter(({ n }) => n === seal.n).map(({ at, from }) => ({ location, at, from })))
      await compare(ports, seal, restarts, differing)
      seals += 1
      entries += seal.entries.length
      at = { location, n: seal.n, to: seal.to, hash: seal.hash }
      sealed[location] = { to: seal.to.slice(0, 24), hash: seal.hash }
    }
    if (page.length > 0) continue
    const next = names.find(name => name > location)
    at = next === undefined ? null : { location: next, ...BEGINNING }
  }
  return {
    seals,
    entries,
    sealed,
    restarts: restarted,
    differences: {
      removed: toSample(differing.removed),
      changed: toSample(differing.changed),
      inserted: toSample(differing.inserted),
      broken: toSample(differing.broken),
    },
    next: at,
  }
}

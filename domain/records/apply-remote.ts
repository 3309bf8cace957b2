import { covers, dominates, lastSeen } from './clock.ts'
import { applyExpiry, type CurrentRecord, integrate, revertExpiry } from './current.ts'
import { apply } from './fold.ts'
import { iterate, type VersionReader } from './read.ts'
import { compareVersions, type State, toKey, type Version } from './version.ts'

/** For each location with versions that the writer did not know: the time of its last version, and of the last that the writer knew. */
const gaps = (row: CurrentRecord, v: Version): Map<string, { last: string; known: string }> =>
  new Map(
    Object.entries(row.clock).flatMap(([location, last]) => {
      const known = lastSeen(v.clock, location)
      return last > known ? [[location, { last, known }]] : []
    }),
  )

/**
 * Finds the row's versions that the writer of `v` did not know, newest first. Each location's versions form a chain (`prev`), so the search
 * ends at the last missing one, whatever the length of the history.
 */
export async function unseenVersions(row: CurrentRecord, v: Version, read: VersionReader): Promise<Version[]> {
  const open = gaps(row, v)
  const unseen = new Map<string, Version>()
  const bySequence = (location: string, at: string) => `${location}#${at}`
  const closeGaps = () => {
    for (const [location, gap] of open) {
      for (
        let next = unseen.get(bySequence(location, gap.last));
        next;
        next = unseen.get(bySequence(location, gap.last))
      ) {
        gap.last = next.previousLocal ?? ''
        if (gap.last <= gap.known) break
      }
      if (gap.last <= gap.known) open.delete(location)
    }
  }
  for await (const candidate of iterate(row, read, { newestFirst: true })) {
    if (open.size === 0) break
    if (covers(v.clock, candidate)) continue
    unseen.set(bySequence(candidate.location, candidate.recorded_at), candidate)
    closeGaps()
  }
  return [...unseen.values()]
}

/** The state with a version inserted, given the state without it and the versions after it. */
function stateWith(snapshot: State, v: Version, after: readonly Version[]): State {
  if (v.sets === '*') return after.toSorted(compareVersions).reduce(apply, v.snapshot)
  if (after.some(({ sets }) => sets === '*')) return snapshot
  const set = new Set(after.flatMap(({ sets }) => sets))
  const fields = v.sets.filter(field => !set.has(field))
  return apply(snapshot, { ...v, sets: fields })
}

/**
 * Folds a version from another location into a row that has all its causes. The result equals a fold of all versions; it reads only
 * versions that the writer did not know and versions after it in the order.
 */
export async function applyRemote(row: CurrentRecord, v: Version, read: VersionReader): Promise<CurrentRecord> {
  const all = dominates(v.clock, row.clock)
  // A concurrent change cancels an expiry.
  const base = revertExpiry(row)
  const unknown = all ? [] : await unseenVersions(row, v, read)
  const key = toKey(v)
  const after: Version[] = []
  if (key < row.head) for await (const version of iterate(row, read, { above: key })) after.push(version)
  const divergedKeys = after.map(toKey)
  if (unknown.some(version => toKey(version) < key)) divergedKeys.push(key)
  const next = integrate(base, v, unknown, stateWith(base.snapshot, v, after), divergedKeys)
  return all && v.action === 'expire' ? applyExpiry(next) : next
}

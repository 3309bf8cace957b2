import { covers, dominates, lastSeen } from './clock.ts'
import { applyExpiry, type CurrentRecord, integrate, revertExpiry } from './current.ts'
import { apply } from './fold.ts'
import { iterate, type VersionReader } from './read.ts'
import { compareVersions, type State, toKey, type Version } from './version.ts'

/** For each location whose versions the writer did not all know, the time of the last of these, and of the last that it knew. */
const gaps = (row: CurrentRecord, v: Version): Map<string, { last: string; known: string }> =>
  new Map(
    Object.entries(row.clock).flatMap(([location, last]) => {
      const known = lastSeen(v.clock, location)
      return last > known ? [[location, { last, known }]] : []
    }),
  )

/**
 * Finds those versions of a row that the writer of another did not know, newest first: each location's versions are a chain (`prev`),
 * so that the search ends with the last that is missing, however long the history is.
 */
export async function unseenVersions(row: CurrentRecord, v: Version, read: VersionReader): Promise<Version[]> {
  const open = gaps(row, v)
  const found = new Map<string, Version>()
  const bySequence = (location: string, at: string) => `${location}#${at}`
  const settle = () => {
    for (const [location, gap] of open) {
      for (
        let next = found.get(bySequence(location, gap.last));
        next;
        next = found.get(bySequence(location, gap.last))
      ) {
        gap.last = next.prev ?? ''
        if (gap.last <= gap.known) break
      }
      if (gap.last <= gap.known) open.delete(location)
    }
  }
  for await (const other of iterate(row, read, { newestFirst: true })) {
    if (open.size === 0) break
    if (covers(v.clock, other)) continue
    found.set(bySequence(other.location, other.recorded_at), other)
    settle()
  }
  return [...found.values()]
}

/** The state after a version and those that follow it, where the state after the latter alone is known. */
function stateWith(snapshot: State, v: Version, after: readonly Version[]): State {
  if (v.sets === '*') return after.toSorted(compareVersions).reduce(apply, v.snapshot)
  if (after.some(({ sets }) => sets === '*')) return snapshot
  const set = new Set(after.flatMap(({ sets }) => sets))
  const fields = v.sets.filter(field => !set.has(field))
  return apply(snapshot, { ...v, sets: fields })
}

/**
 * Folds into a row a version from elsewhere whose causes are all in it: the row that a fold of all would make, from the row and those
 * versions alone that its writer did not know or that come after it.
 */
export async function applyRemote(row: CurrentRecord, v: Version, read: VersionReader): Promise<CurrentRecord> {
  const all = dominates(v.clock, row.clock)
  // What an expiry did not know takes its hold from it.
  const base = revertExpiry(row)
  const unknown = all ? [] : await unseenVersions(row, v, read)
  const key = toKey(v)
  const after: Version[] = []
  if (key < row.head) for await (const other of iterate(row, read, { above: key })) after.push(other)
  const wrong = after.map(toKey)
  if (unknown.some(other => toKey(other) < key)) wrong.push(key)
  const next = integrate(base, v, unknown, stateWith(base.snapshot, v, after), wrong)
  return all && v.action === 'expire' ? applyExpiry(next) : next
}

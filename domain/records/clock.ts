import type { Clock, Version } from './version.ts'

export const later = (a: string, b: string): string => (a > b ? a : b)
export const earlier = (a: string, b: string): string => (a < b ? a : b)

/** The time of a location that a clock does not name: before every other time. */
const NEVER = ''

export const lastSeen = (clock: Clock, location: string): string => clock[location] ?? NEVER

/** Whether `clock` includes the version. */
export const covers = (clock: Clock, v: Pick<Version, 'location' | 'recorded_at'>): boolean =>
  lastSeen(clock, v.location) >= v.recorded_at

/** Whether `a` includes all that `b` does. */
export const dominates = (a: Clock, b: Clock): boolean =>
  Object.entries(b).every(([location, at]) => lastSeen(a, location) >= at)

export function join(a: Clock, b: Clock): Clock {
  const joined = { ...a }
  for (const [location, at] of Object.entries(b)) if (at > lastSeen(joined, location)) joined[location] = at
  return joined
}

/** The millisecond after a time. */
const following = (instant: string): string => new Date(Date.parse(instant) + 1).toISOString()

/**
 * The next reading of a hybrid logical clock (Kulkarni et al., 2014): the wall-clock time, but later than everything folded so far, so that
 * causes precede effects even if wall clocks disagree.
 */
export function tick(now: string, clock: Clock): string {
  const last = Object.values(clock).reduce(later, NEVER)
  return now > last ? now : following(last)
}

/** Whether everything that the version's writer had folded is in `clock`, so that the version can be folded too. */
export const isCausallyReady = (clock: Clock, v: Version): boolean =>
  (v.previousLocal === undefined || lastSeen(clock, v.location) >= v.previousLocal) &&
  Object.entries(v.clock).every(([location, at]) => location === v.location || lastSeen(clock, location) >= at)

import type { Heartbeat } from '../locations/port.ts'

/** The one location that purges: of all that were ever heard of the first by name, so that no two expire the same customer at once. */
export const purger = (beats: readonly Heartbeat[], own: string): string =>
  [own, ...beats.map(({ name }) => name)].reduce((first, name) => (name < first ? name : first))

/**
 * Locations that have not acknowledged what was done here by an instant: their last heartbeat that came does not say that they have seen
 * one of ours that was sent since. Of a location of which nothing is heard nothing is known.
 */
export const unacknowledged = (beats: readonly Heartbeat[], own: string, since: string): string[] =>
  beats.filter(({ name, seen }) => name !== own && !((seen[own] ?? '') >= since)).map(({ name }) => name)

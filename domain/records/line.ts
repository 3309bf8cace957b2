import type { Line, LinePlace } from '../ports.ts'

export const dayOf = (instant: string): string => instant.slice(0, 10)

/** Where a line stands: under the day of its recording, and under the day it holds from where that is another; the latter last. */
export function standsUnder({ valid_from, recorded_at }: Line): { part: LinePlace['part']; day: string }[] {
  const [valid, recorded] = [dayOf(valid_from), dayOf(recorded_at)]
  const under = [{ part: 'recorded' as const, day: recorded }]
  return valid === recorded ? under : [...under, { part: 'valid' as const, day: valid }]
}

/** A line's key within its partitions. */
export const lineKey = ({ recorded_at, location, id }: Line): string => `${recorded_at}#${location}#${id}`

/** A line's place in the order in which the lines of its record are come upon by the days they hold from. */
export function rank(line: Line): string {
  const { part } = standsUnder(line).at(-1) ?? { part: 'recorded' }
  return `${dayOf(line.valid_from)}#${part}#${lineKey(line)}`
}

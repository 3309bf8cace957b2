import { earlier, later } from '../records/clock.ts'

/** Clocks of computers that are synchronised differ by less. */
const TOLERANCE_MS = 5000
const DAY_MS = 86_400_000

/** A time that was recorded, and what it is the time of. */
export interface RecordedTime {
  what: string
  at: string
}

const UNITS = [
  ['days', DAY_MS],
  ['hours', 3_600_000],
  ['minutes', 60_000],
  ['seconds', 1000],
] as const

/** A duration in the largest unit of which it has at least two. */
function toDuration(ms: number): string {
  const [unit, length] = UNITS.find(([, length]) => Math.round(ms / length) >= 2) ?? UNITS[3]
  return `${Math.round(ms / length)} ${unit}`
}

/**
 * Compares the clock with the newest of the times that are recorded. Returns a warning if the clock is behind it, because it was set back or
 * had been ahead, or more than a day ahead of it, which is right only after a pause as long. Null if neither, or if nothing is recorded.
 */
export function checkClock(now: string, recordedTimes: readonly RecordedTime[]): string | null {
  if (recordedTimes.length === 0) return null
  const newest = recordedTimes.reduce((a, b) => (later(a.at, b.at) === a.at ? a : b))
  const difference = Math.abs(Date.parse(now) - Date.parse(newest.at))
  const isBehind = earlier(now, newest.at) === now
  if (difference <= (isBehind ? TOLERANCE_MS : DAY_MS)) return null
  const compared = `The clock (${now}) is ${toDuration(difference)} ${isBehind ? 'behind' : 'ahead of'} ${newest.what} (${newest.at})`
  return isBehind
    ? `${compared}. If the clock is wrong, correct it; if it was ahead and was corrected, new entries sort before the existing ones until then`
    : `${compared}. Unless the registry was stopped that long, correct the clock now, before it dates changes in the future`
}

const FIRST_MS = 100
const MAX_MS = 3000

/**
 * The wait before the next attempt, in milliseconds: doubled each time up to 3 s, with half of it random, so that many clients do not retry
 * at once; at least what Retry-After requires.
 *
 * @param tries the number of failed attempts, at least 1
 * @param retryAfter in seconds, or null
 */
export function waitBefore(tries: number, retryAfter: number | null): number {
  const step = Math.min(MAX_MS, FIRST_MS * 2 ** (tries - 1))
  return (retryAfter ?? 0) * 1000 + step * (0.5 + Math.random() / 2)
}

/** The seconds in a Retry-After header (RFC 9110 §10.2.3), which contains seconds or a date. Null if it is missing or invalid. */
export function secondsIn(retryAfter: string | null, now: number): number | null {
  if (retryAfter === null) return null
  if (/^\d+$/.test(retryAfter)) return Number(retryAfter)
  const date = Date.parse(retryAfter)
  return Number.isNaN(date) ? null : Math.max(0, (date - now) / 1000)
}

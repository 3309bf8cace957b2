const FIRST_MS = 100
const MAX_MS = 3000

/**
 * How long to wait before the next try, in milliseconds: twice as long each time up to 3 s, of which a random half is left out, so that
 * many callers do not come back at the same moment; never less than what the answer's Retry-After asks for.
 *
 * @param tries how many have failed, from 1
 * @param retryAfter seconds, or null
 */
export function waitBefore(tries: number, retryAfter: number | null): number {
  const step = Math.min(MAX_MS, FIRST_MS * 2 ** (tries - 1))
  return (retryAfter ?? 0) * 1000 + step * (0.5 + Math.random() / 2)
}

/** The seconds that a Retry-After header (RFC 9110 §10.2.3) says: it holds seconds or a date. Null where it says nothing. */
export function secondsIn(retryAfter: string | null, now: number): number | null {
  if (retryAfter === null) return null
  if (/^\d+$/.test(retryAfter)) return Number(retryAfter)
  const date = Date.parse(retryAfter)
  return Number.isNaN(date) ? null : Math.max(0, (date - now) / 1000)
}

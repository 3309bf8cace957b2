import { hash } from 'node:crypto'

/** As long as API Gateway keeps an authorizer's result, in milliseconds. */
const KEPT_MS = 300_000
const MAX_TOKENS = 10_000

/**
 * Keeps the results of a token verification for five minutes, never beyond the token's expiry, so that the signature of a token that is sent
 * with many requests is not checked each time. Tokens are stored as digests only. Failures are not kept.
 */
export function keepVerified<T extends { expiresAt: number }>(
  verify: (token: string) => Promise<T>,
  maxTokens = MAX_TOKENS,
): (token: string) => Promise<T> {
  const kept = new Map<string, { result: T; from: number; until: number }>()
  return async token => {
    const key = hash('sha256', token, 'base64url')
    const now = Date.now()
    const entry = kept.get(key)
    // A clock that was set back must not prolong the time.
    if (entry !== undefined && entry.from <= now && now < entry.until) return entry.result
    kept.delete(key)
    const result = await verify(token)
    kept.set(key, { result, from: now, until: Math.min(now + KEPT_MS, result.expiresAt * 1000) })
    const [oldest] = kept.keys()
    if (kept.size > maxTokens && oldest !== undefined) kept.delete(oldest)
    return result
  }
}

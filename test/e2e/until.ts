import { setTimeout as wait } from 'node:timers/promises'
import { TARGET_URLS } from './target.ts'

/** A deployment's schedules run once a minute; those of one machine run every few seconds. */
const TIMEOUT_FACTOR = TARGET_URLS === null ? 1 : 5
/** Every request leaves an access record that is processed later, so polling a deployment too often slows it down. */
const POLL_MS = TARGET_URLS === null ? 15 : 250

/**
 * Polls until a condition holds.
 *
 * @throws Error naming the condition after `timeoutMs` milliseconds (longer against a deployment).
 */
export async function until(
  condition: () => boolean | Promise<boolean>,
  timeoutMs: number,
  description: string,
): Promise<void> {
  const end = performance.now() + timeoutMs * TIMEOUT_FACTOR
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`waited ${timeoutMs * TIMEOUT_FACTOR} ms in vain for ${description}`)
    await wait(POLL_MS)
  }
}

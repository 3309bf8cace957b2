import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { RequestContext } from '#domain/ports.ts'

/** Waits up to 5 ms, then 10, … up to 150, with full jitter, so that competing writers do not meet again. */
export const backoff = (attempt: number): Promise<void> => wait(Math.random() * Math.min(150, 5 * 2 ** attempt))

/** The context of a real request: its time, and how to wait and to create ids. */
export const createRequestContext = (
  request: Pick<RequestContext, 'location' | 'actor' | 'request_id'>,
): RequestContext => ({
  ...request,
  now: new Date().toISOString(),
  newId: randomUUID,
  pause: backoff,
})

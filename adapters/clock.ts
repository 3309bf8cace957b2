import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { RequestContext } from '#domain/ports.ts'

/** Waits of up to 5 ms, then 10, … up to 150: full jitter, so that writers that met do not meet again. */
export const backoff = (attempt: number): Promise<void> => wait(Math.random() * Math.min(150, 5 * 2 ** attempt))

/** A call in the world: its time and its ways to wait and to make ids. */
export const createRequestContext = (
  call: Pick<RequestContext, 'location' | 'actor' | 'request_id'>,
): RequestContext => ({
  ...call,
  now: new Date().toISOString(),
  newId: randomUUID,
  pause: backoff,
})

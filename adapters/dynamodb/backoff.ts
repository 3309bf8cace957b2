import { setTimeout as wait } from 'node:timers/promises'
import { Unavailable } from '#domain/errors.ts'

const ATTEMPTS = 8

/** Waits before requesting unprocessed items again: up to 100 ms, then 200, … with full jitter. @throws Unavailable after eight attempts */
export async function pauseBefore(attempt: number): Promise<void> {
  if (attempt > ATTEMPTS) throw new Unavailable('The table is throttling requests: try again')
  await wait(Math.random() * 50 * 2 ** attempt)
}

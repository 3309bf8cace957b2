/** What every area of the domain needs from its caller. Each area declares the stores that it uses in its own `port.ts`. */

/** Who calls, where and when; and the sources of waiting and ids, which differ between a test and production. */
export interface RequestContext {
  location: string
  actor: string
  request_id: string
  /** ISO 8601, UTC, milliseconds. */
  now: string
  newId(): string
  /** Waits before a retry: longer with each attempt, with jitter. */
  pause(attempt: number): Promise<void>
}

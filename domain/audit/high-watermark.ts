import type { LocationStore } from '../locations/port.ts'
import { earlier } from '../records/clock.ts'

export const ago = (instant: string, ms: number): string => new Date(Date.parse(instant) - ms).toISOString()

/**
 * The time before which everything that this location writes is in its tables: `margin` milliseconds ago, and as long before the last own
 * heartbeat that has passed through the registry's stream, because change-log entries are written by the stream's reader. Null if none has
 * passed since the clock was last set back.
 */
export async function highWatermark(
  { locations }: { locations: LocationStore },
  now: string,
  margin: number,
): Promise<string | null> {
  const { read } = await locations.localStatus()
  return read === null || read > now ? null : ago(earlier(now, read), margin)
}

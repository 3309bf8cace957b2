import * as z from 'zod'
import { timestamp } from './time.ts'

const milliseconds = z.number().min(0).nullable()

/** A valid name of a location. */
export const locationName = z.string().regex(/^[a-z][a-z0-9-]{0,19}$/, 'is not a location name')

/** A location as another one sees it. */
export const locationState = z
  .object({
    name: z.string(),
    up: z.boolean().meta({ description: 'Whether it was heard of lately' }),
    heard_at: timestamp.nullable().meta({ description: 'When its last heartbeat came' }),
    replication_lag_ms: milliseconds.meta({ description: 'How long its rows take to get here' }),
    index_lag_ms: milliseconds.meta({ description: 'How far its search index is behind its list' }),
    conflicts: z.number().int().nullable(),
    drift: z
      .number()
      .int()
      .nullable()
      .meta({ description: 'Differences that its last check of the index found; null: none yet' }),
    seen: z
      .record(z.string(), timestamp)
      .meta({ description: 'The last heartbeat that it had of each other location' }),
  })
  .meta({ id: 'Location' })
export type LocationState = z.infer<typeof locationState>

export const locationParams = z.strictObject({ name: locationName })
export const locationList = z.object({ items: z.array(locationState) })

import * as z from 'zod'
import { timestamp } from './time.ts'

const milliseconds = z.number().min(0).nullable()

/** A valid name of a location. */
export const locationName = z.string().regex(/^[a-z][a-z0-9-]{0,19}$/, 'is not a location name')

/** A location as another one sees it. */
export const locationState = z
  .object({
    name: z.string(),
    up: z.boolean(),
    heard_at: timestamp.nullable(),
    replication_lag_ms: milliseconds,
    index_lag_ms: milliseconds,
    conflicts: z.number().int().nullable(),
    drift: z.number().int().nullable(),
    seen: z.record(z.string(), timestamp),
  })
  .meta({ id: 'Location' })
export type LocationState = z.infer<typeof locationState>

export const locationParams = z.strictObject({ name: locationName })
/** What an agent sees of a location. */
export const reachability = locationState.pick({ name: true, up: true }).meta({ id: 'Reachability' })
export type Reachability = z.infer<typeof reachability>
export const reachabilityList = z.object({ items: z.array(reachability) })
export const locationList = z.object({ items: z.array(locationState) })

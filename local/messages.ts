import * as z from 'zod'

/**
 * A message of a location's process to its parent: the endpoint of its table engine once its API answers; that everything is ready, with a
 * warning about its clock if there is one; or why it cannot start or go on.
 */
export const message = z.union([
  z.object({ serving: z.string() }),
  z.object({ ready: z.literal(true), clock: z.string().nullable() }),
  z.object({ failed: z.string() }),
])
export type Message = z.infer<typeof message>

import * as z from 'zod'

/** A message of a location's process to its parent: the endpoint of its table engine once it is ready, or why it cannot start. */
export const message = z.union([z.object({ ready: z.string() }), z.object({ cannot: z.string() })])
export type Message = z.infer<typeof message>

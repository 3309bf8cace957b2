import * as z from 'zod'

/** What a location's process says to the one that started it: where its table engine is, once it is ready; or why it cannot start. */
export const message = z.union([z.object({ ready: z.string() }), z.object({ cannot: z.string() })])
export type Message = z.infer<typeof message>

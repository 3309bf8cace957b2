import * as z from 'zod'
import { timestamp } from './time.ts'

/** A hold as it is shown with its customer. */
export const shownHold = z.object({ reason: z.string(), until: timestamp.nullable() })
export type ShownHold = z.infer<typeof shownHold>

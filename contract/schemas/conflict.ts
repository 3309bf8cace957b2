import * as z from 'zod'
import { historyItem } from './customer.ts'
import { singleLineText } from './text.ts'
import { timestamp } from './time.ts'

/** One side of a conflict: the value, and who set it, where and when. */
const side = z
  .object({
    value: z.union([z.string(), z.number(), z.boolean()]).nullable(),
    action: historyItem.shape.action,
    actor: z.string(),
    location: z.string(),
    valid_from: timestamp,
    recorded_at: timestamp,
    version: z.string(),
  })
  .meta({ id: 'ConflictSide' })

export const conflict = z
  .object({
    id: z.string(),
    kind: z.string(),
    customer: z.string(),
    field: z.string(),
    kept: side,
    lost: side,
  })
  .meta({ id: 'Conflict' })
export type Conflict = z.infer<typeof conflict>

export const conflictList = z.object({ items: z.array(conflict), next: z.string().nullable() })

export const conflictParams = z.strictObject({ id: z.string().regex(/^[\w-]{1,400}$/, 'is not a conflict id') })
export const settleBody = z
  .strictObject({
    decision: z.enum(['confirm', 'reverse']),
    note: singleLineText(1000).nullish(),
  })
  .meta({ examples: [{ decision: 'confirm', note: 'as the passport says' }] })
export const settledAnswer = conflict.extend({
  decision: settleBody.shape.decision,
  version: z.string(),
})
export type Settled = z.infer<typeof settledAnswer>

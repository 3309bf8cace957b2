import * as z from 'zod'
import { createBody } from './customer.ts'
import { likelyDuplicates } from './duplicates.ts'
import { singleLineText } from './text.ts'
import { timestamp } from './time.ts'

export const MAX_BATCH_ROWS = 500

export const batchAction = z.enum(['upsert', 'delete', 'restore'])
export type BatchAction = z.infer<typeof batchAction>

/** One row of a batch: the source's id of a customer, the stated fields, and since when they are valid. */
export const batchRow = createBody.extend({
  id: singleLineText(200).meta({
    description: "The source's own key of the customer: the same key is the same customer",
  }),
  action: batchAction
    .optional()
    .meta({ description: 'What is to be done: upsert (when absent) makes or changes the customer' }),
})
export type BatchRow = z.infer<typeof batchRow>

export const batchQuery = z.strictObject({
  source: singleLineText(64).meta({ description: 'Who says so: keys are unique within a source' }),
})

export const batchParams = z.strictObject({
  id: z
    .uuid({ error: 'is not a batch id' })
    .transform(id => id.toLowerCase())
    .meta({ type: 'string', format: 'uuid' }),
})

export const batchOutcome = z.enum(['created', 'updated', 'deleted', 'restored', 'unchanged', 'refused'])
export type BatchOutcome = z.infer<typeof batchOutcome>

export const batchResult = z
  .object({
    row: z.number().int().meta({ description: 'Counted from 1, without the CSV header' }),
    id: z.uuid().nullable(),
    outcome: batchOutcome,
    problem: z.string().nullable(),
    likely_duplicates: likelyDuplicates.default([]),
  })
  .meta({ id: 'BatchResult' })
export type BatchResult = z.infer<typeof batchResult>

export const batch = z
  .object({
    id: z.uuid(),
    source: z.string(),
    actor: z.string(),
    at: timestamp,
    location: z
      .string()
      .nullable()
      .default(null)
      .meta({ description: 'Where; null of a batch from before that was kept' }),
    rows: z.number().int(),
    created: z.number().int(),
    updated: z.number().int(),
    deleted: z.number().int().default(0),
    restored: z.number().int().default(0),
    unchanged: z.number().int(),
    refused: z.number().int(),
    results: z.array(batchResult),
  })
  .meta({ id: 'Batch' })
export type Batch = z.infer<typeof batch>

import * as z from 'zod'
import { datedStatement } from './customer.ts'
import { likelyDuplicates } from './duplicates.ts'
import { countryCode } from './field.ts'
import { singleLineText } from './text.ts'
import { timestamp } from './time.ts'

export const MAX_BATCH_ROWS = 500

export const batchAction = z.enum(['upsert', 'delete', 'restore'])
export type BatchAction = z.infer<typeof batchAction>

/** One row of a batch: the source's id of a customer, the stated fields, and since when they are valid. */
export const batchRow = datedStatement.extend({
  id: singleLineText(200),
  action: batchAction.optional(),
})
export type BatchRow = z.infer<typeof batchRow>

export const batchIds = z.enum(['source', 'registry'])
export type BatchIds = z.infer<typeof batchIds>

export const batchQuery = z.strictObject({
  source: singleLineText(64),
  ids: batchIds.optional(),
  dry_run: z.enum(['true', 'false']).optional(),
  country: countryCode.optional(),
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
    row: z.number().int(),
    id: z.uuid().nullable(),
    outcome: batchOutcome,
    problem: z.string().nullable(),
    note: z.string().optional(),
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
    location: z.string().nullable().default(null),
    dry_run: z.boolean().default(false),
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

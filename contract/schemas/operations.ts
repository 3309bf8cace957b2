import * as z from 'zod'
import { runReport } from './retention.ts'
import { boundedText } from './text.ts'

const cursor = boundedText(1, 1000).optional()

export const resumeQuery = z.strictObject({ cursor })

const next = z.string().nullable()
const count = z.number().int().min(0)

/** The maximum that is counted of what waits for a decision. */
export const MAX_PENDING = 100

const tally = z.object({ count: count.max(MAX_PENDING), more: z.boolean() })

/** How many runs of the purge, from the last one back, are examined for failures. */
export const MAX_FAILED_RUNS = 10

/** How much waits for a decision, by kind. */
export const pendingAnswer = z.object({
  fields: tally,
  types: tally,
  conflicts: tally,
  duplicates: tally,
  retention: z.object({
    failed_runs: count.max(MAX_FAILED_RUNS),
    last_run: runReport.nullable(),
    interval_seconds: count.min(1),
  }),
})
export type Pending = z.infer<typeof pendingAnswer>

/** The phases of a rebuild, in order. */
export const rebuildPhase = z.enum(['fill', 'compare', 'adopt', 'settle', 'sweep'])

/** The result of one rebuild request. */
export const rebuildAnswer = z.object({
  phase: rebuildPhase,
  read: count,
  filled: count,
  mended: count,
  next,
})
export type RebuildAnswer = z.infer<typeof rebuildAnswer>

export const driftBody = z
  .strictObject({
    repair: z.boolean().default(false),
  })
  .meta({ examples: [{ repair: false }] })

/** The result of one request to rebuild the views. */
export const viewsAnswer = z.object({
  records: count,
  next,
})

/** The number, and the ids of some. */
const found = z.object({ count, ids: z.array(z.string()).max(10) })

/** The differences between list and index that one request found. */
export const driftAnswer = z.object({
  customers: count,
  entries: count,
  differences: z.object({
    missing: found,
    behind: found,
    ahead: found,
    different: found,
    orphan: found,
  }),
  repaired: count,
  needs_rebuild: z.boolean(),
  next,
})
export type DriftAnswer = z.infer<typeof driftAnswer>

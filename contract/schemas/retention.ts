import * as z from 'zod'
import { customerType } from './customer.ts'
import { singleLineText } from './text.ts'
import { timestamp, timestampInput } from './time.ts'

/** A hundred years. */
const MAX_DAYS = 36_525
const days = z.number().int().min(1).max(MAX_DAYS)

const policy = {
  days: days.nullable().meta({ description: 'How many days after the last change a customer leaves; null: never' }),
  types: z
    .partialRecord(customerType, days)
    .meta({ description: 'How many for customers of a type, where that is another' }),
}

export const policyBody = z
  .strictObject({ days: policy.days, types: policy.types.default({}) })
  .meta({ examples: [{ days: 3650, types: { PERSON: 1825 } }] })
export const policyAnswer = z.object(policy).meta({ id: 'RetentionPolicy' })
export type Policy = z.infer<typeof policyAnswer>

export const runQuery = z.strictObject({
  cursor: z
    .string()
    .min(1)
    .max(1000)
    .optional()
    .meta({ description: '`next` of the answer before; absent: from the beginning' }),
})
export const runBody = z
  .strictObject({
    dry_run: z.boolean().default(false).meta({ description: 'true: says what a run would begin, and does nothing' }),
  })
  .meta({ examples: [{ dry_run: true }] })

const count = z.number().int().min(0)

/** What a run (or a request's part of it) found and did, in customers. */
export const runReport = z
  .object({
    id: z.string().meta({ description: 'Opaque' }),
    at: timestamp,
    ended_at: timestamp,
    location: z.string(),
    actor: z.string(),
    dry_run: z.boolean(),
    policy: policyAnswer,
    due: count.meta({ description: 'Not changed for longer than the policy says' }),
    expired: count.meta({ description: 'Taken off the list: the first round' }),
    marked: count.meta({ description: 'Marked as purged: the second round' }),
    removed: count.meta({ description: 'Whose every version went: the third round' }),
    kept: z
      .object({
        held: count.meta({ description: 'Due, and held' }),
        merged: count.meta({ description: 'Due, but one with a customer who is not' }),
        changed: count.meta({ description: 'Changed meanwhile, here or elsewhere: they stay' }),
        unheard: count.meta({ description: 'In a round that a location has not acknowledged' }),
        waiting: count.meta({ description: 'In a round whose waiting time has not passed' }),
      })
      .meta({ description: 'Who is still there, and why' }),
    waiting_for: z.array(z.string()).meta({ description: 'Locations that have not acknowledged a round' }),
    finished: z.boolean().meta({ description: 'false: the time was up before all was looked at' }),
  })
  .meta({ id: 'RetentionRun' })
export type RunReport = z.infer<typeof runReport>

export const runAnswer = runReport.extend({
  next: z.string().nullable().meta({ description: 'The cursor to go on with; null: it is finished' }),
})
export const runList = z.object({ items: z.array(runReport), next: z.string().nullable() })

export const holdBody = z
  .strictObject({
    reason: singleLineText(500),
    until: timestampInput.nullish().meta({ description: 'When it ends by itself; absent or null: when it is ended' }),
  })
  .meta({ examples: [{ reason: 'a court asked', until: '2099-12-31' }] })
export const holdAnswer = z
  .object({
    id: z.uuid(),
    held: z.boolean(),
    reason: z.string().nullable(),
    until: timestamp.nullable(),
  })
  .meta({ id: 'Hold' })
export type HoldAnswer = z.infer<typeof holdAnswer>

/** The content of a certificate. */
export const erasure = z.object({
  ids: z.array(z.uuid()).meta({ description: 'Who was erased: the customer, and all that were merged with it' }),
  erased_at: timestamp,
  location: z.string().meta({ description: 'Where it was asked for' }),
  removed: z
    .object({ versions: count, decisions: count, pairs: count, disputes: count, linked: count })
    .meta({ description: 'What was there of them then; `linked`: what belongs to a customer elsewhere, as purchases' }),
  read_at: timestamp.meta({ description: 'When this location was read again' }),
  found: z
    .object({ registry: count, views: count, index: count.nullable(), audit: count, linked: count })
    .meta({ description: 'What that found, by place; null: it did not answer' }),
  locations: z.array(
    z.object({
      name: z.string(),
      acknowledged_at: timestamp
        .nullable()
        .meta({ description: 'When nothing was left in its tables; null: not heard of' }),
    }),
  ),
  pending: z.array(z.string()).meta({ description: 'Locations that have not said yet that it is gone there' }),
  backups_until: timestamp.meta({ description: 'Until when backups hold it; a restore erases it again first' }),
})
export type Erasure = z.infer<typeof erasure>

export const erasureAnswer = erasure
  .extend({ certificate: z.string().meta({ description: 'All of this, signed' }) })
  .meta({ id: 'ErasureCertificate' })
export type ErasureAnswer = z.infer<typeof erasureAnswer>

export const verifyCertificateBody = z.strictObject({ certificate: z.string().min(1).max(20_000) })
export const verifyCertificateAnswer = z.object({
  valid: z.boolean(),
  erasure: erasure.nullable().meta({ description: 'What it says; null: it is none of this registry' }),
})

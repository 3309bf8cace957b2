import * as z from 'zod'
import { customer, customerType } from './customer.ts'
import { shownHold } from './hold.ts'
import { boundedText, singleLineText } from './text.ts'
import { timestamp, timestampInput } from './time.ts'

/** A hundred years. */
const MAX_DAYS = 36_525
const days = z.number().int().min(1).max(MAX_DAYS)

const policy = {
  days: days.nullable(),
  types: z.partialRecord(customerType, days.nullable()),
}

export const policyBody = z
  .strictObject({ days: policy.days, types: policy.types.default({}) })
  .meta({ examples: [{ days: 3650, types: { PERSON: 1825 } }] })
export const policyAnswer = z.object(policy).meta({ id: 'RetentionPolicy' })
export type Policy = z.infer<typeof policyAnswer>

export const runQuery = z.strictObject({
  cursor: boundedText(1, 1000).optional(),
})
export const runBody = z
  .strictObject({
    dry_run: z.boolean().default(false),
    policy: policyBody.optional(),
    customers: z.boolean().default(false),
  })
  .superRefine(({ dry_run, policy, customers }, context) => {
    if (dry_run) return
    const stated = [policy === undefined ? [] : ['policy'], customers ? ['customers'] : []].flat()
    for (const name of stated)
      context.addIssue({ code: 'custom', path: [name], message: 'is for dry runs only: send "dry_run": true with it' })
  })
  .meta({
    examples: [{ dry_run: true }, { dry_run: true, customers: true, policy: { days: 3650 } }],
    anyOf: [
      { properties: { dry_run: { const: true } }, required: ['dry_run'] },
      { properties: { customers: { const: false } }, not: { required: ['policy'] } },
    ],
  })

const count = z.number().int().min(0)

/** What a run (or a request's part of it) found and did, in customers. */
export const runReport = z
  .object({
    id: z.string(),
    at: timestamp,
    ended_at: timestamp,
    location: z.string(),
    actor: z.string(),
    dry_run: z.boolean(),
    policy: policyAnswer,
    due: count,
    expired: count,
    marked: count,
    removed: count,
    returned: count,
    kept: z.object({
      held: count,
      merged: count,
      changed: count,
      unheard: count,
      waiting: count,
    }),
    waiting_for: z.array(z.string()),
    finished: z.boolean(),
    failed: z.boolean(),
  })
  .meta({ id: 'RetentionRun' })
export type RunReport = z.infer<typeof runReport>

export const runAnswer = runReport.extend({
  customers: z.array(customer),
  next: z.string().nullable(),
})
export const runParams = z.strictObject({ id: z.string().regex(/^[A-Za-z0-9_-]{1,300}$/) })
export const cancelAnswer = z
  .object({
    id: z.string(),
    returned: count,
    removed: count,
  })
  .meta({ id: 'CancelledRun' })
export const runList = z.object({ items: z.array(runReport), next: z.string().nullable() })

export const holdBody = z
  .strictObject({
    reason: singleLineText(500),
    until: timestampInput.nullish(),
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

export const heldCustomer = shownHold.extend({ customer }).meta({ id: 'HeldCustomer' })
export type HeldCustomer = z.infer<typeof heldCustomer>
export const holdList = z.object({ items: z.array(heldCustomer), next: z.string().nullable() })

/** Certificates that were issued before copies were removed say nothing about them. */
const copies = count.optional()

/** The content of a certificate. Members that were added later are optional, so that earlier certificates can be verified. */
export const erasure = z.object({
  ids: z.array(z.uuid()),
  erased_at: timestamp,
  location: z.string(),
  removed: z.object({ versions: count, decisions: count, pairs: count, disputes: count, linked: count, copies }),
  read_at: timestamp,
  found: z.object({ registry: count, views: count, index: count.nullable(), audit: count, linked: count, copies }),
  locations: z.array(
    z.object({
      name: z.string(),
      acknowledged_at: timestamp.nullable(),
    }),
  ),
  pending: z.array(z.string()),
  streams_until: timestamp.optional(),
  backups_until: timestamp,
})
export type Erasure = z.infer<typeof erasure>

export const erasureAnswer = erasure.extend({ certificate: z.string() }).meta({ id: 'ErasureCertificate' })
export type ErasureAnswer = z.infer<typeof erasureAnswer>

export const verifyCertificateBody = z.strictObject({ certificate: boundedText(1, 20_000) })
export const verifyCertificateAnswer = z.object({
  valid: z.boolean(),
  erasure: erasure.nullable(),
})

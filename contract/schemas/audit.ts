import * as z from 'zod'
import { AUDIT_ACTIONS } from '../audit-actions.ts'
import { customerId } from './customer.ts'
import { boundedText, singleLineText } from './text.ts'
import { timestamp, timestampInput } from './time.ts'

/** The maximum page size. */
const MOST = 1000

const value = z.union([z.string(), z.number(), z.boolean()]).nullable()
const values = z.record(z.string(), value).nullable()
const word = z.string().regex(/^[a-zA-Z][\w-]{0,39}$/, 'is not a valid name')

export const auditItem = z
  .object({
    id: z.string(),
    at: timestamp,
    actor: z.string(),
    action: z.string(),
    outcome: z.string(),
    record: z.string().nullable(),
    location: z.string(),
    request_id: z.string().nullable(),
    count: z.number().int(),
    before: values,
    after: values,
    note: z.string().nullable(),
    shown: z.array(z.uuid()).nullable(),
    shown_count: z.number().int().nullable(),
  })
  .meta({ id: 'AuditEntry' })
export type AuditItem = z.infer<typeof auditItem>

const next = z.string().nullable()
export const auditList = z.object({ items: z.array(auditItem), next }).meta({ id: 'AuditList' })

const cursor = boundedText(0, 2000).optional()

export const auditQuery = z.strictObject({
  from: timestampInput.optional(),
  to: timestampInput.optional(),
  actor: singleLineText(200).optional(),
  action: z.enum(AUDIT_ACTIONS, { error: `is unknown. Known are: ${AUDIT_ACTIONS.join(', ')}` }).optional(),
  customer: customerId.optional(),
  shown: customerId.optional(),
  asked: singleLineText(400).optional(),
  location: word.optional(),
  outcome: word.optional(),
  order: z.enum(['newest', 'oldest']).default('newest'),
  format: z.enum(['json', 'csv', 'ndjson']).optional(),
  limit: z
    .string()
    .regex(/^\d{1,9}$/, 'must be a whole number')
    .transform(Number)
    .refine(n => n >= 1 && n <= MOST, `must be from 1 to ${MOST}`)
    .default(25)
    .meta({ type: 'integer', minimum: 1, maximum: MOST, default: 25 }),
  cursor,
})
export type AuditQuery = z.output<typeof auditQuery>
/** `asked` are keyed hashes, any of which an entry must have. */
export type AuditFilter = Pick<AuditQuery, 'actor' | 'customer' | 'location' | 'outcome' | 'shown'> & {
  action?: string | undefined
  asked?: readonly string[] | undefined
}

const day = z.iso.date('is not a date such as 2026-05-31')
export const summaryQuery = z.strictObject({
  from: day.optional(),
  to: day.optional(),
  cursor,
})
export const summaryItem = z.object({
  day: z.string(),
  actor: z.string(),
  action: z.string(),
  location: z.string(),
  count: z.number().int().min(1),
})
export type SummaryItem = z.infer<typeof summaryItem>

export const summaryAnswer = z.object({
  items: z.array(summaryItem),
  next,
})

const found = z.object({
  count: z.number().int().min(0),
  entries: z.array(z.string()).max(10),
})

/** The result of one verification request. */
export const auditVerification = z.object({
  seals: z.number().int().min(0),
  entries: z.number().int().min(0),
  sealed: z.record(z.string(), z.object({ to: timestamp, hash: z.string() })),
  restarts: z.array(z.object({ location: z.string(), at: timestamp, from: timestamp })),
  differences: z.object({
    removed: found,
    changed: found,
    inserted: found,
    broken: found,
  }),
  next: z.string().nullable(),
})
export type AuditVerification = z.infer<typeof auditVerification>

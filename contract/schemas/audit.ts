import * as z from 'zod'
import { customerId } from './customer.ts'
import { singleLineText } from './text.ts'
import { timestamp, timestampInput } from './time.ts'

/** The maximum page size. */
const MOST = 1000

const value = z.union([z.string(), z.number(), z.boolean()]).nullable()
const values = z.record(z.string(), value).nullable()
const word = z.string().regex(/^[a-zA-Z][\w-]{0,39}$/, 'is not a valid name')

export const auditItem = z
  .object({
    id: z.string().meta({ description: 'Opaque' }),
    at: timestamp,
    actor: z.string(),
    action: z.string().meta({ description: 'Of a change what was done (create, update, …), else the operation' }),
    outcome: z.string().meta({ description: '`done`, what a lookup answered, or the kind of problem' }),
    record: z.string().nullable().meta({ description: 'Kind and id of what it was about' }),
    location: z.string(),
    request_id: z.string().nullable(),
    count: z
      .number()
      .int()
      .meta({ description: 'How many requests it stands for: refusals that come in masses share entries' }),
    before: values.meta({
      description: 'Of a change: the fields that it set, as they were. null: erased, or no change',
    }),
    after: values.meta({ description: 'The same fields, as it set them' }),
  })
  .meta({ id: 'AuditEntry' })
export type AuditItem = z.infer<typeof auditItem>

const next = z.string().nullable().meta({ description: 'The cursor of the next page, null on the last' })
export const auditList = z.object({ items: z.array(auditItem), next }).meta({ id: 'AuditList' })

const cursor = z.string().max(2000).optional()

export const auditQuery = z.strictObject({
  from: timestampInput.optional().meta({ description: 'From this moment on' }),
  to: timestampInput.optional().meta({ description: 'Before this moment' }),
  actor: singleLineText(200).optional(),
  action: word.optional(),
  customer: customerId.optional(),
  location: word.optional(),
  outcome: word.optional(),
  order: z.enum(['newest', 'oldest']).default('newest').meta({ description: 'Which come first' }),
  format: z.enum(['json', 'csv', 'ndjson']).optional().meta({ description: 'In place of the Accept header' }),
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
export type AuditFilter = Pick<AuditQuery, 'actor' | 'action' | 'customer' | 'location' | 'outcome'>

const day = z.iso.date('is not a date such as 2026-05-31')
export const summaryQuery = z.strictObject({
  from: day.optional().meta({ description: 'From this day on (UTC)' }),
  to: day.optional().meta({ description: 'Up to this day, itself among them' }),
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
  items: z.array(summaryItem).meta({ description: 'Add up the counts of all pages: a long day may be on several' }),
  next,
})

const found = z.object({
  count: z.number().int().min(0),
  entries: z.array(z.string()).max(10).meta({ description: 'When and what, of a few' }),
})

/** The result of one verification request. */
export const auditVerification = z.object({
  seals: z.number().int().min(0),
  entries: z.number().int().min(0).meta({ description: 'Entries that were compared with what was sealed' }),
  sealed: z.record(z.string(), z.object({ to: timestamp, hash: z.string() })).meta({
    description: 'By location: up to when it has sealed, and the hash of its last seal. Keep it, to know it again',
  }),
  differences: z.object({
    removed: found.meta({ description: 'Sealed, and neither there nor lawfully removed' }),
    changed: found.meta({ description: 'Not as they were sealed' }),
    inserted: found.meta({ description: 'Within a time that was sealed without them' }),
    broken: found.meta({ description: 'Seals that were changed themselves, or do not follow one another' }),
  }),
  next: z.string().nullable().meta({ description: 'The cursor to go on with; null: it is finished' }),
})
export type AuditVerification = z.infer<typeof auditVerification>

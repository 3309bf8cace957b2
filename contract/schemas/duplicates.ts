import * as z from 'zod'
import { customer, customerId, pageQuery } from './customer.ts'
import { grade, reason } from './search.ts'
import { singleLineText } from './text.ts'

export const duplicateDecision = z.enum(['same', 'different'])

const likeness = { score: z.number().min(0).max(1), grade: grade.nullable() }

/** A customer on the list who is probably the same, and why. */
export const likelyDuplicate = z
  .object({
    id: z.uuid(),
    ...likeness,
    customer: customer.nullable().default(null),
    reasons: z.array(reason).default([]),
  })
  .meta({ id: 'LikelyDuplicate' })
export type LikelyDuplicate = z.infer<typeof likelyDuplicate>

/** Null if the search was unavailable. */
export const likelyDuplicates = z.array(likelyDuplicate).nullable()

export const createdCustomer = customer.extend({ likely_duplicates: likelyDuplicates }).meta({ id: 'CreatedCustomer' })

export const duplicatesQuery = z.strictObject({ limit: pageQuery.shape.limit })
export const duplicatesAnswer = z.object({
  items: z.array(z.object({ customer, ...likeness, reasons: z.array(reason) }).meta({ id: 'Duplicate' })),
})
export type Duplicates = z.infer<typeof duplicatesAnswer>

export const duplicatePair = z
  .object({
    customers: z.tuple([customer, customer]),
    ...likeness,
    reasons: z.array(reason),
  })
  .meta({ id: 'DuplicatePair' })
export type DuplicatePair = z.infer<typeof duplicatePair>
export const duplicateQueue = z.object({
  items: z.array(duplicatePair),
  next: z.string().nullable(),
})

export const decideBody = z
  .strictObject({
    ids: z.tuple([customerId, customerId]),
    decision: duplicateDecision,
    note: singleLineText(1000).nullish(),
    dry_run: z.boolean().default(false),
  })
  .meta({
    examples: [
      { ids: ['0b1f6d3e-6c5a-4d0f-9b3e-2f4a5c6d7e8f', '9c2e7f4a-1b3d-4e5f-8a6b-7c8d9e0f1a2b'], decision: 'same' },
    ],
  })

export const decidedAnswer = z.object({
  decision: duplicateDecision,
  note: z.string().nullable(),
  dry_run: z.boolean().default(false),
  customers: z.array(customer),
})
export type Decided = z.infer<typeof decidedAnswer>

import * as z from 'zod'
import { singleLineText } from './text.ts'

/** A number that can be stored exactly: at most 2^53, and not below 1e-130, DynamoDB's minimum. */
const MAX_NUMBER = Number.MAX_SAFE_INTEGER
const MIN_NUMBER = 1e-100
const number = z
  .number()
  .refine(
    n => n === 0 || (Math.abs(n) >= MIN_NUMBER && Math.abs(n) <= MAX_NUMBER),
    'is too large or too small a number',
  )
  .transform(n => (n === 0 ? 0 : n))
  .meta({
    type: 'number',
    minimum: -MAX_NUMBER,
    maximum: MAX_NUMBER,
    anyOf: [{ const: 0 }, { minimum: MIN_NUMBER }, { maximum: -MIN_NUMBER }],
  })

/** A value of a custom field in `details`. */
export const detailValue = z.union([singleLineText(1000), number, z.boolean()])

/** The identifying fields of a customer on the list, which the matcher compares. */
export const person = z.object({
  type: z.string(),
  surname: z.string().nullable(),
  given_name: z.string().nullable(),
  dob: z.string().nullable(),
  document_number: z.string().nullable(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
})
export type Person = z.infer<typeof person>

/** What a caller knows about the person they look for. The words of `text` may stand for any field. */
export const example = z.object({
  text: z.string().nullable(),
  surname: z.string().nullable(),
  given_name: z.string().nullable(),
  dob: z.string().nullable(),
  document_number: z.string().nullable(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
})
export type SearchCriteria = z.infer<typeof example>

export const grade = z.enum(['certain', 'probable', 'possible'])

/** Why a customer was found: one field of the query compared with one of the customer. */
export const reason = z
  .object({
    field: z.string(),
    query: z.string(),
    customer: z.string(),
    comparison: z.string(),
    similarity: z.number().min(0).max(1),
    weight: z.number(),
  })
  .meta({ id: 'Reason' })

export const match = z.object({ score: z.number().min(0).max(1), grade: grade.nullable(), reasons: z.array(reason) })
export type Match = z.infer<typeof match>
export type Reason = z.infer<typeof reason>

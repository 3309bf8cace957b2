import * as z from 'zod'
import { singleLineText } from './text.ts'

/** A number that is kept as it was sent: beyond 2^53 digits are lost, and below 1e-130 a table has no number. */
const number = z
  .number()
  .refine(
    n => n === 0 || (Math.abs(n) >= 1e-100 && Math.abs(n) <= Number.MAX_SAFE_INTEGER),
    'is too large or too small a number',
  )
  .transform(n => (n === 0 ? 0 : n))
  .meta({ type: 'number' })

/** A value of a customer's own field under `details`. */
export const detailValue = z.union([singleLineText(1000), number, z.boolean()])

/** A customer's identifying fields as they stand on the list: the whole of what the matcher looks at. */
export const person = z.object({
  type: z.string(),
  surname: z.string().nullable(),
  given_name: z.string().nullable(),
  dob: z.string().nullable(),
  document_number: z.string().nullable(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
})
export type Person = z.infer<typeof person>

/** What a caller knows of whom they look for; `text` is words that may stand for any field. */
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

/** Why a customer was found: one field of the query beside one of the customer. */
export const reason = z
  .object({
    field: z.string().meta({ description: 'name, dob, document_number or details.NAME' }),
    query: z.string(),
    customer: z.string(),
    comparison: z
      .string()
      .meta({ description: 'How the two agree, for people: exact, spelling, sound, initial, day and month swapped …' }),
    similarity: z.number().min(0).max(1),
    weight: z.number().meta({ description: 'What this adds to (or takes from) the evidence, in bits: log2(m/u)' }),
  })
  .meta({ id: 'Reason' })

export const match = z.object({ score: z.number().min(0).max(1), grade: grade.nullable(), reasons: z.array(reason) })
export type Match = z.infer<typeof match>
export type Reason = z.infer<typeof reason>

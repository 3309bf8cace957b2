import * as z from 'zod'
import { cursor, customer, customerType, fieldName, stateFilter } from './customer.ts'
import { detailValue, grade, reason } from './search.ts'
import { countStated, stateAtLeast } from './stated.ts'
import { boundedText, singleLineText } from './text.ts'
import { timestamp, timestampInput, writtenDate } from './time.ts'

const limit = z.number().int().min(1).max(100).optional()
const threshold = z.number().min(0).max(1).optional()

/** The members of a search that say who is looked for. The others only restrict the hits. */
const SOUGHT = ['q', 'surname', 'given_name', 'dob', 'document_number', 'details'] as const

export const searchBody = z
  .strictObject({
    q: singleLineText(200).optional(),
    surname: singleLineText(200).optional(),
    given_name: singleLineText(200).optional(),
    dob: writtenDate.optional(),
    dob_tolerance_years: z.number().int().min(0).max(10).optional(),
    document_number: singleLineText(64).optional(),
    mode: z.enum(['fuzzy', 'exact']).default('fuzzy'),
    limit,
    cursor,
    threshold,
    type: customerType.optional(),
    state: stateFilter,
    details: z.record(fieldName, detailValue).optional(),
  })
  .refine(
    body => SOUGHT.some(member => body[member] !== undefined && Object.keys(body[member]).length > 0),
    `needs at least one of ${SOUGHT.join(', ')}`,
  )
  .refine(({ dob, dob_tolerance_years }) => dob !== undefined || dob_tolerance_years === undefined, {
    path: ['dob_tolerance_years'],
    error: 'needs dob',
  })
  .meta({
    anyOf: SOUGHT.map(member => ({
      required: [member],
      ...(member === 'details' ? { properties: { details: { minProperties: 1 } } } : {}),
    })),
    dependentRequired: { dob_tolerance_years: ['dob'] },
    examples: [
      { q: 'Ekaterina Iwanowa', limit: 5 },
      { surname: 'Lindqvist', dob: '1979', dob_tolerance_years: 1, state: 'all' },
    ],
  })
export type SearchRequest = z.output<typeof searchBody>

export const hit = z
  .object({ customer, score: z.number().min(0).max(1), grade: grade.nullable(), reasons: z.array(reason) })
  .meta({ id: 'Hit' })
export type Hit = z.infer<typeof hit>

export const searchAnswer = z.object({
  items: z.array(hit),
  threshold: z.number(),
  degraded: z.boolean(),
  below_threshold: z.boolean(),
  engine: z.string(),
  next: z.string().nullable(),
})

const known = {
  surname: singleLineText(200).nullish(),
  given_name: singleLineText(200).nullish(),
  dob: writtenDate.nullish(),
  document_number: singleLineText(64).nullish(),
}

const criteria = { ...known, details: z.record(fieldName, detailValue).nullish() }
export const matchQuery = z
  .strictObject(criteria)
  .refine(query => countStated(query) >= 1, 'says nothing of whom to look for')
  .meta(stateAtLeast(1, Object.keys(criteria)))
export type MatchQuery = z.infer<typeof matchQuery>

export const matchBody = z
  .strictObject({
    queries: z.array(matchQuery).min(1).max(100),
    threshold,
    limit,
    explain: z.boolean().default(false),
    exclude: z.array(z.uuid()).max(1000).default([]),
    type: customerType.optional(),
    as_of: timestampInput.optional(),
  })
  .meta({ examples: [{ queries: [{ surname: 'Iwanowa', given_name: 'Ekaterina', dob: '1990' }], explain: true }] })
export const matchAnswer = z.object({ results: z.array(z.object({ query: matchQuery, items: z.array(hit) })) })

export const lookupBody = z
  .strictObject(known)
  .refine(query => countStated(query) >= 2, 'needs at least two fields')
  .meta({
    ...stateAtLeast(2, Object.keys(known)),
    examples: [{ surname: 'Lindqvist-Berg', given_name: 'Åsa', dob: '1979' }],
  })
export type LookupQuery = z.infer<typeof lookupBody>

const lookupOutcome = z.enum(['listed', 'possible', 'not_listed'])

export const lookupAnswer = z.object({
  answer: lookupOutcome,
  explanation: z.string(),
  initials: z.string().nullable(),
  receipt: z.string(),
})
export type LookupAnswer = z.infer<typeof lookupAnswer>

export const verifyBody = z.strictObject({
  receipt: boundedText(1, 2000),
  details: lookupBody.optional(),
})
export type VerifyRequest = z.infer<typeof verifyBody>

/** The content of a receipt; all `null` if the receipt is not valid. */
export const verifyAnswer = z.object({
  valid: z.boolean(),
  matches: z.boolean().nullable(),
  answer: lookupOutcome.nullable(),
  at: timestamp.nullable(),
  location: z.string().nullable(),
  known_at: timestamp.nullable(),
})
export type VerifyAnswer = z.infer<typeof verifyAnswer>

/**
 * The content of a receipt: the answer, when, where and from which list it was given (older receipts lack the list), and a keyed hash of
 * the criteria.
 */
export const receipt = z.object({
  answer: lookupOutcome,
  at: timestamp,
  location: z.string(),
  known_at: timestamp.nullable().default(null),
  asked: z.string(),
})

import * as z from 'zod'
import { shownHold } from './hold.ts'
import { detailValue, person } from './search.ts'
import { stateAtLeast } from './stated.ts'
import { boundedText, DYNAMIC_PARAM_PREFIX, singleLineText } from './text.ts'
import { timestamp, timestampInput, writtenDate } from './time.ts'

export const customerId = z
  .uuid({ error: 'is not a customer id' })
  .transform(id => id.toLowerCase())
  .meta({ type: 'string', format: 'uuid' })

/** A field's name: a letter, then letters, digits and underscores. */
export const fieldName = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,39}$/, 'is not a field name: use a lower-case letter, then lower-case letters, digits or _')

/** The built-in types. */
export const BUILT_IN_TYPES = ['PERSON', 'INSTITUTION'] as const
/** A type's name. The provider decides which types exist. */
export const customerType = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]{0,39}$/, 'is not a type: use a capital letter, then capital letters, digits or _')
  .meta({ examples: [...BUILT_IN_TYPES] })
export const customerState = z.enum(['active', 'deleted', 'merged', 'expired'])

const fields = {
  type: customerType,
  surname: singleLineText(200).nullable(),
  given_name: singleLineText(200).nullable(),
  dob: writtenDate.nullable(),
  dob_approximate: z.boolean().nullable(),
  document_number: singleLineText(64).nullable(),
  details: z.record(fieldName, detailValue.nullable()),
}

/** The fields of a customer in a request: absent members are not stated; null clears a field. */
export const statement = z.strictObject({ ...fields }).partial()
export type Statement = z.infer<typeof statement>

const validFrom = timestampInput.optional()

/** The fields that can identify a customer; a customer has at least one of them. */
export const IDENTIFYING = ['surname', 'given_name', 'document_number'] as const

/** JSON Schema of what `validatePatch` checks of `dob_approximate`: it is stated only beside `dob`, and true only of a date. */
const markedBesideDob = {
  allOf: [
    {
      anyOf: [
        { properties: { dob_approximate: { type: 'null' } } },
        { properties: { dob_approximate: { const: true }, dob: { type: 'string' } }, required: ['dob'] },
        { properties: { dob_approximate: { const: false } }, required: ['dob'] },
      ],
    },
  ],
}

/** A statement, and since when it is valid. */
export const datedStatement = statement.extend({ valid_from: validFrom })

/** Why somebody changes a customer. */
const note = singleLineText(1000).optional()
/** The body of a change that states no fields. */
export const noteBody = z
  .strictObject({ note })
  .optional()
  .meta({ examples: [{ note: 'moved abroad' }] })

export const createBody = datedStatement.extend({ note }).meta({
  ...markedBesideDob,
  ...stateAtLeast(1, IDENTIFYING),
  examples: [
    { surname: 'Lindqvist', given_name: 'Åsa', dob: '1979-08', details: { city: 'Malmö' }, valid_from: '2025-06-01' },
  ],
})
export const patchBody = datedStatement.extend({ note }).meta({
  ...markedBesideDob,
  examples: [{ surname: 'Lindqvist-Berg', details: { city: null }, note: 'married' }],
})
export const putBody = datedStatement.extend({ note }).meta({
  ...markedBesideDob,
  ...stateAtLeast(1, IDENTIFYING),
  examples: [{ surname: 'Lindqvist-Berg', given_name: 'Åsa', dob: '1979-08', document_number: 'SE 4711', details: {} }],
})

export const customer = z
  .object({
    id: z.uuid(),
    ...person.shape,
    state: customerState,
    merged_into: z.uuid().nullable(),
    absorbed: z.array(z.uuid()),
    version: z.string(),
    valid_from: timestamp,
    valid_to: timestamp.nullable(),
    recorded_at: timestamp,
    location: z.string(),
    created_at: timestamp,
    updated_at: timestamp,
    dob_approximate: z.boolean().default(false),
    etag: z.string().nullable().default(null),
  })
  .meta({ id: 'Customer' })
export type Customer = z.infer<typeof customer>

export const historyItem = customer
  .extend({
    action: z.enum(['create', 'update', 'delete', 'restore', 'merge', 'split', 'hold', 'release', 'expire']),
    actor: z.string(),
    note: z.string().nullable(),
    sets: z.array(z.string()),
    clock: z.record(z.string(), timestamp),
    conflict: z.boolean(),
  })
  .meta({ id: 'HistoryItem' })
export type HistoryItem = z.infer<typeof historyItem>

const provisional = z.boolean()
export const readCustomer = customer
  .extend({ provisional: provisional.optional(), hold: shownHold.nullable().optional() })
  .meta({ id: 'ReadCustomer' })

const next = z.string().nullable()
export const customerList = z.object({ items: z.array(customer), next, provisional }).meta({ id: 'CustomerList' })
export const historyList = z.object({ items: z.array(historyItem), next })

export const diffItem = z
  .object({
    id: z.uuid(),
    field: z.string(),
    before: z.union([z.string(), z.number(), z.boolean()]).nullable(),
    after: z.union([z.string(), z.number(), z.boolean()]).nullable(),
    at: timestamp,
    actor: z.string(),
  })
  .meta({ id: 'Difference' })
export type DiffItem = z.infer<typeof diffItem>
export const diffList = z.object({ from: timestamp, to: timestamp, items: z.array(diffItem), next })

const limit = z
  .string()
  .regex(/^\d{1,9}$/, 'must be a whole number')
  .transform(Number)
  .refine(n => n >= 1 && n <= 100, 'must be from 1 to 100')
  .default(25)
  .meta({ type: 'integer', minimum: 1, maximum: 100, default: 25 })
export const cursor = boundedText(0, 2000).optional()
export const stateFilter = z.enum([...customerState.options, 'all']).default('active')

/** The orders of the list besides that by id; `-` reverses one. */
const sort = z.enum(['surname', '-surname', 'updated_at', '-updated_at', 'created_at', '-created_at'])
export type Sort = z.infer<typeof sort>

const asOf = timestampInput.optional()
const knownAt = timestampInput.optional()

export const pageQuery = z.strictObject({ limit, cursor })
export const readQuery = z.strictObject({
  as_of: asOf,
  known_at: knownAt,
  consistent: z.enum(['true', 'false']).optional(),
})

/** Runs a check even if a member is invalid, so that all errors are reported at once. */
const EVEN_IF_OTHERWISE_WRONG = { when: () => true }

/** The prefix of query parameters that filter by custom fields. */
const DETAIL = 'detail.'
const detailFilter = singleLineText(1000).meta({
  [DYNAMIC_PARAM_PREFIX]: DETAIL,
  examples: ['Gent'],
})

const isDetailFilter = (key: string): boolean =>
  key.startsWith(DETAIL) && fieldName.safeParse(key.slice(DETAIL.length)).success

const listed = {
  limit,
  cursor,
  type: customerType.optional(),
  state: stateFilter,
  source: singleLineText(64).optional(),
  q: singleLineText(200).optional(),
  sort: sort.optional(),
  changed_since: timestampInput.optional(),
  as_of: asOf,
  known_at: knownAt,
}

/** The filters and the order of the list that the command line takes. */
export const listFilters = { q: listed.q, source: listed.source, sort: listed.sort }

/** Parameters named `detail.NAME` are parsed to `detail`, by NAME. */
export const listQuery = z
  .object(listed)
  .catchall(detailFilter)
  .superRefine((query, context) => {
    for (const key of Object.keys(query))
      if (!Object.hasOwn(listed, key) && !isDetailFilter(key))
        context.addIssue({ code: 'unrecognized_keys', keys: [key], message: 'is unknown' })
  }, EVEN_IF_OTHERWISE_WRONG)
  .transform(({ limit, cursor, type, state, source, q, sort, changed_since, as_of, known_at, ...details }) => ({
    ...{ limit, cursor, type, state, source, q, sort, changed_since, as_of, known_at },
    detail: Object.fromEntries(Object.entries(details).map(([name, value]) => [name.slice(DETAIL.length), value])),
  }))
/** Whom the list is counted by: what its views count without reading it. */
export const countQuery = z.strictObject({ state: stateFilter, type: customerType.optional() })
export const countAnswer = z.object({ count: z.number().int().min(0) })

export type ListQuery = z.output<typeof listQuery>

const interval = { from: timestampInput, to: timestampInput.optional() }
export const customerDiffQuery = z.strictObject(interval)
export const diffQuery = z.strictObject({
  ...interval,
  customer: customerId.optional(),
  field: z
    .string()
    .regex(/^[a-z_]+(\.[a-z0-9_-]{1,40})?$/, 'is not a field such as surname or details.city')
    .optional(),
  limit,
  cursor,
})
export type DiffQuery = z.output<typeof diffQuery>

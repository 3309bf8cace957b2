import * as z from 'zod'
import { customer, fieldName } from './customer.ts'
import { definitionState, nextDefinitions } from './definition.ts'
import { boundedText, singleLineText } from './text.ts'
import { timestamp } from './time.ts'

/** Reserved names: members of a customer, and members of every JavaScript object. */
const TAKEN: ReadonlySet<string> = new Set([...Object.keys(customer.shape), 'constructor'])

/** A valid name of a new field. */
const ownName = fieldName
  .refine(name => !TAKEN.has(name), 'is taken: a customer has a member of that name')
  .meta({ not: { enum: [...TAKEN] } })

export const fieldType = z.enum(['text', 'number', 'date', 'boolean', 'choice', 'phone', 'email'])

/**
 * `personal` fields are visible like names. `sensitive` ones are visible to agents only in responses about one customer (always to the
 * provider), and can neither be searched nor used as a filter.
 */
export const pii = z.enum(['none', 'personal', 'sensitive'])

const choices = z
  .array(singleLineText(100))
  .min(1)
  .max(100)
  .refine(all => new Set(all).size === all.length, 'names a choice twice')
  .meta({ uniqueItems: true })
  .nullable()
const pattern = boundedText(1, 200).nullable()
export const NO_COUNTRY = 'is not an ISO 3166 country code such as BE'
/** A country of telephone numbers. */
export const countryCode = z.string().regex(/^[A-Z]{2}$/, NO_COUNTRY)
const country = countryCode.nullable()
const required = z.boolean()
const searchable = z.boolean()

/** The stated members of a field's definition. */
const definition = {
  type: fieldType,
  choices: choices.default(null),
  pattern: pattern.default(null),
  country: country.default(null),
  required: required.default(false),
  searchable: searchable.default(false),
  pii: pii.default('personal'),
}

/** A custom field of the provider. Its values are in a customer's `details`. */
export const field = z.object({ name: fieldName, label: singleLineText(100), ...definition, state: definitionState })
export type Field = z.infer<typeof field>

/** The members that belong to one type, with it. */
const MEMBER_TYPES = { choices: 'choice', pattern: 'text', country: 'phone' } as const

/** JSON Schema of what `definitionFaults` checks: which members belong to which type, and that sensitive fields are not searchable. */
const consistent = {
  allOf: [
    ...Object.entries(MEMBER_TYPES).map(([member, type]) => ({
      anyOf: [{ properties: { type: { const: type } } }, { properties: { [member]: { type: 'null' } } }],
    })),
    {
      anyOf: [
        { properties: { type: { enum: fieldType.options.filter(type => type !== 'choice') } } },
        { properties: { choices: { type: 'array' } }, required: ['choices'] },
      ],
    },
    {
      anyOf: [
        { properties: { pii: { enum: pii.options.filter(kind => kind !== 'sensitive') } } },
        { properties: { searchable: { const: false } } },
      ],
    },
  ],
}

export const requestFieldBody = z
  .strictObject({
    name: ownName,
    label: singleLineText(100).optional(),
    ...definition,
  })
  .meta({
    ...consistent,
    examples: [{ name: 'loyalty', label: 'Loyalty', type: 'choice', choices: ['Silver', 'Gold'], searchable: true }],
  })

export const patchFieldBody = z
  .strictObject({
    label: singleLineText(100),
    type: fieldType,
    choices,
    pattern,
    country,
    required,
    searchable,
    pii,
  })
  .partial()
  .meta({ examples: [{ choices: ['Silver', 'Gold', 'Platinum'] }] })

export const fieldParams = z.strictObject({ name: fieldName })

const times = { created_at: timestamp, updated_at: timestamp }

/** How far the search index of a location has been updated to the searchable fields. Responses and searches follow them at once. */
const indexing = z
  .object({
    done: z.boolean(),
    customers: z.number().int(),
    changed: z.number().int(),
  })
  .meta({ id: 'Indexing' })

export const listedField = field.extend(times).meta({ id: 'Field' })
export type ListedField = z.infer<typeof listedField>
export const fieldAnswer = listedField.extend({ index: indexing }).meta({ id: 'FieldInUse' })
export const fieldList = z.object({ items: z.array(listedField), next: nextDefinitions })

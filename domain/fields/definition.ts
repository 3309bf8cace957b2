import * as z from 'zod'
import { type Field, field, type ListedField, NO_COUNTRY } from '#contract/schemas/field.ts'
import type { FieldError } from '#contract/schemas/problem.ts'
import type { CurrentRecord } from '../records/current.ts'
import type { FieldValues } from '../records/prepare-write.ts'
import { patternFault } from './pattern.ts'

const storedChoices = z
  .string()
  .transform(text => JSON.parse(text))
  .pipe(z.array(z.string()))

/**
 * A field from its record. Missing members get the defaults of a request, so that the record is readable whatever several locations set at
 * once.
 */
export function toField({ id, snapshot }: Pick<CurrentRecord, 'id' | 'snapshot'>): Field {
  const { choices, state = 'requested', label = id, type = 'text', ...rest } = snapshot
  const parsedChoices = choices === undefined ? null : storedChoices.parse(choices)
  return field.parse({ ...rest, name: id, state, label, type, choices: parsedChoices })
}

export const listedField = (row: CurrentRecord): ListedField => ({
  ...toField(row),
  created_at: row.created_at,
  updated_at: row.updated_at,
})

/** Stated members of a field; absent members are not stated. */
type Stated = { [Member in keyof Field]?: Field[Member] | undefined }

/** A definition as its record stores it: the choices are one value. */
export function toFieldValues({ name: _, ...stated }: Stated): FieldValues {
  return Object.fromEntries(
    Object.entries(stated).flatMap(([member, value]) =>
      value === undefined ? [] : [[member, Array.isArray(value) ? JSON.stringify(value) : value]],
    ),
  )
}

let regions: Intl.DisplayNames | null = null
/** Loading the names takes longer than all else that a function does at its start, and few requests need them. */
function getRegions(): Intl.DisplayNames {
  regions ??= new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
  return regions
}

/** Whether a code of two capital letters is a country's, in ISO 3166. Other codes that are in use for a country, such as UK, are not. */
const isCountry = (code: string): boolean =>
  getRegions().of(code) !== undefined && new Intl.Locale(`und-${code}`).region === code

/** The error of a country that a request states; null if there is none. */
export const countryFault = (code: string): string | null => (isCountry(code) ? null : NO_COUNTRY)

/** The errors of a definition whose members contradict one another. */
export function definitionFaults({ type, choices, pattern, country, searchable, pii }: Stated): FieldError[] {
  const faults: FieldError[] = []
  const say = (pointer: string, detail: string) => faults.push({ pointer: `#/${pointer}`, detail })
  if (type === 'choice' && !choices) say('choices', 'is required: list the allowed values')
  if (type !== undefined && type !== 'choice' && choices) say('choices', `is for the type choice, not ${type}`)
  if (type !== undefined && type !== 'phone' && country) say('country', `is for the type phone, not ${type}`)
  const countryDetail = country ? countryFault(country) : null
  if (countryDetail) say('country', countryDetail)
  if (type !== undefined && type !== 'text' && pattern) say('pattern', `is for the type text, not ${type}`)
  const fault = pattern ? patternFault(pattern) : null
  if (fault) say('pattern', fault)
  if (searchable && pii === 'sensitive') say('searchable', 'does not go with pii sensitive')
  return faults
}

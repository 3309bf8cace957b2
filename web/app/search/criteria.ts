import { toFieldErrors } from '../../../contract/field-errors.ts'
import { searchBody } from '../../../contract/schemas/query.ts'
import { toBody } from '../edit/body.ts'
import { type Faults, toFaults } from '../edit/checked.ts'
import type { Draft } from '../edit/draft.ts'
import type { fieldSearch } from './search-text.ts'

type Criteria = ReturnType<typeof fieldSearch.get>['criteria']

/** What a draft says of whom is sought, and why the rest of it cannot be sent. */
export function toCriteria(draft: Draft, types: ReadonlyMap<string, string>): { criteria: Criteria; faults: Faults } {
  const { dob_tolerance_years: years, ...others } = toBody(draft, {}, types)
  const body = 'dob' in others && years ? { ...others, dob_tolerance_years: Number(years) } : others
  // A search also needs words or a field; here it may have them in the box.
  const { error } = searchBody.safeParse({ q: 'any', ...body })
  const faults = error ? toFaults(toFieldErrors(error, '#')) : {}
  const details = Object.entries(others.details ?? {}).filter(([name]) => !(`details.${name}` in faults))
  const accepted = Object.entries(body).filter(([name]) => name !== 'details' && !(name in faults))
  const criteria: Criteria = {
    ...Object.fromEntries(accepted),
    ...(details.length > 0 ? { details: Object.fromEntries(details) } : {}),
  }
  if (criteria.dob === undefined) delete criteria.dob_tolerance_years
  return { criteria, faults }
}

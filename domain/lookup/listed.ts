import type { SearchCriteria } from '#contract/schemas/search.ts'
import { resolveSurvivors } from '../customers/merges.ts'
import { toMatchablePerson } from '../customers/view.ts'
import { documentKey, nameKey } from '../matching/exact-keys.ts'
import type { CurrentRecord } from '../records/current.ts'
import type { ListStore, RecordStore } from '../records/port.ts'
import type { Comparisons } from './guess-budget.ts'

/** The id of no customer. It is read as well, so that a lookup without a result reads as much as one with a result. */
export const NOBODY = '00000000-0000-0000-0000-000000000000'

export interface ExactAgreement {
  /** Listed customers for whom two identifiers agree exactly. */
  listed: readonly CurrentRecord[]
  /** Whether the document number alone is that of a listed customer. */
  hasNumber: boolean
}

/**
 * Compares exactly, after normalisation: document number and surname, document number and date of birth, or full name and date of birth.
 * Reads the table only. A merged customer is listed if its survivor is.
 */
export async function compareExactly(
  { records, lists }: { records: RecordStore; lists: ListStore },
  { surname, given_name, dob, document_number }: SearchCriteria,
  allowed: Comparisons,
): Promise<ExactAgreement> {
  const number = documentKey(document_number)
  const name = nameKey({ surname, given_name })
  const family = nameKey({ surname, given_name: null })
  const ids = await Promise.all([
    number === null ? [] : lists.byDocument(number),
    name !== null && allowed.nameAndDate ? lists.byName(name, dob) : [],
  ])
  const rows = await records.currents('customer', [NOBODY, ...ids.flat()], false)
  const survivors = await resolveSurvivors(records, rows)
  const listedRows = rows.filter(({ id }) => survivors.has(id))
  const withNumber = listedRows.filter(row => number !== null && documentKey(toPerson(row).document_number) === number)
  const agrees = (row: CurrentRecord): boolean => {
    const person = toPerson(row)
    const hasDate = dob !== null && person.dob === dob
    const hasNumber = withNumber.includes(row)
    const hasSurname = family !== null && nameKey({ surname: person.surname, given_name: null }) === family
    return (
      (allowed.nameAndDate && hasDate && nameKey(person) === name) ||
      (allowed.numberAndSurname && hasNumber && hasSurname) ||
      (allowed.numberAndDate && hasNumber && hasDate)
    )
  }
  return { listed: listedRows.filter(agrees), hasNumber: withNumber.length > 0 }
}

const toPerson = ({ snapshot }: CurrentRecord) => toMatchablePerson(snapshot, new Map())

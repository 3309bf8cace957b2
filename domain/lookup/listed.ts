import type { SearchCriteria } from '#contract/schemas/search.ts'
import { resolveSurvivors } from '../customers/merges.ts'
import { toMatchablePerson } from '../customers/view.ts'
import { documentKey, nameKey } from '../matching/exact-keys.ts'
import { words } from '../matching/normalise.ts'
import type { CurrentRecord } from '../records/current.ts'
import type { ListStore, RecordStore } from '../records/port.ts'

/** The id of no customer. It is read as well, so that a lookup without a result reads as much as one with a result. */
export const NOBODY = '00000000-0000-0000-0000-000000000000'

const same = (a: string | null, b: string | null): boolean =>
  a !== null && b !== null && words(a).join(' ') === words(b).join(' ') && words(a).length > 0

/**
 * Listed customers for whom two identifiers agree exactly: document number and surname, or full name and date of birth. Reads the table
 * only. A merged customer is listed if its survivor is.
 */
export async function listedExactly(
  { records, lists }: { records: RecordStore; lists: ListStore },
  example: SearchCriteria,
): Promise<CurrentRecord[]> {
  const { surname, given_name, dob } = example
  const document = documentKey(example.document_number)
  const name = surname && given_name ? nameKey({ surname, given_name }) : null
  const ids = await Promise.all([
    document && surname ? lists.byDocument(document) : [],
    name && dob?.length === 10 ? lists.byName(name, dob) : [],
  ])
  const rows = await records.currents('customer', [NOBODY, ...ids.flat()], false)
  const agreeing = rows.filter(({ snapshot }) => {
    const person = toMatchablePerson(snapshot, new Map())
    const byDocument =
      document !== null && documentKey(person.document_number) === document && same(person.surname, surname)
    return byDocument || (name !== null && nameKey(person) === name && dob?.length === 10 && person.dob === dob)
  })
  const listed = await resolveSurvivors(records, agreeing)
  return agreeing.filter(({ id }) => listed.has(id))
}

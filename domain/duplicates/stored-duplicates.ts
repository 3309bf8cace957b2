import type { LikelyDuplicate } from '#contract/schemas/duplicates.ts'
import type { Field } from '#contract/schemas/field.ts'
import { currentView, toMatchablePerson } from '../customers/view.ts'
import { NO_COUNTS } from '../matching/token-weight.ts'
import type { RecordStore } from '../records/port.ts'
import type { CandidateIndex } from '../search/port.ts'
import { compare } from './candidates.ts'

/** A result of a batch, as far as duplicates are concerned. */
interface WithDuplicates {
  id: string | null
  likely_duplicates: LikelyDuplicate[] | null
}

/** Likely duplicates as a batch stores them: without customers, so that an erasure leaves nothing in its results. */
export const toStoredDuplicates = <T extends WithDuplicates>(result: T): T => ({
  ...result,
  likely_duplicates:
    result.likely_duplicates?.map(duplicate => ({ ...duplicate, customer: null, reasons: [] })) ?? null,
})

/**
 * Adds the customers, and the reasons for their likeness, to the stored results of a batch. Both are current. A customer who is no longer
 * listed is left out.
 *
 * @throws Unavailable
 */
export async function describeDuplicates<T extends WithDuplicates>(
  { records, index }: { records: RecordStore; index: CandidateIndex },
  fields: ReadonlyMap<string, Field>,
  results: readonly T[],
): Promise<T[]> {
  const withDuplicates = results.filter(({ likely_duplicates: likely }) => likely !== null && likely.length > 0)
  if (withDuplicates.length === 0) return [...results]
  const ids = withDuplicates.flatMap(({ id, likely_duplicates: likely }) => [
    ...(id === null ? [] : [id]),
    ...(likely ?? []).map(duplicate => duplicate.id),
  ])
  const [rows, tokens] = await Promise.all([
    records.currents('customer', [...new Set(ids)], false),
    index.tokens().catch(() => NO_COUNTS),
  ])
  const listed = new Map(rows.filter(({ snapshot }) => snapshot.state === 'active').map(row => [row.id, row]))
  return results.map(result => {
    const subject = result.id === null ? undefined : listed.get(result.id)
    const describe = (duplicate: LikelyDuplicate): LikelyDuplicate => {
      const row = listed.get(duplicate.id)
      if (row === undefined) return duplicate
      const person = toMatchablePerson(row.snapshot, fields)
      const reasons = subject ? compare(toMatchablePerson(subject.snapshot, fields), person, tokens).reasons : []
      return { ...duplicate, customer: currentView(row), reasons }
    }
    return { ...result, likely_duplicates: result.likely_duplicates?.map(describe) ?? null }
  })
}

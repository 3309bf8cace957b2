import type { LikelyDuplicate } from '#contract/schemas/duplicates.ts'
import type { Field } from '#contract/schemas/field.ts'
import type { CurrentRecord } from '../records/current.ts'
import type { RecordStore } from '../records/port.ts'
import type { CandidateFilter, CandidateIndex } from '../search/port.ts'
import { likelyDuplicates } from './candidates.ts'

/** How many are told of one customer. */
const MOST = 3

/**
 * Who is probably the same as each of some customers that were just written. Told for information: the writing is done, and its answer
 * has to say so whatever becomes of the search; null where that failed.
 */
export async function duplicateWarnings(
  ports: { records: RecordStore; index: CandidateIndex },
  fields: ReadonlyMap<string, Field>,
  written: readonly CurrentRecord[],
  reach: NonNullable<CandidateFilter['reach']>,
): Promise<(LikelyDuplicate[] | null)[]> {
  try {
    const found = await likelyDuplicates(ports, fields, written, reach)
    return found.map(likely =>
      likely.slice(0, MOST).map(({ row, match: { score, grade } }) => ({ id: row.id, score, grade })),
    )
  } catch {
    return written.map(() => null)
  }
}

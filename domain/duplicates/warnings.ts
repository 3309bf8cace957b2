import type { LikelyDuplicate } from '#contract/schemas/duplicates.ts'
import type { Field } from '#contract/schemas/field.ts'
import { currentView } from '../customers/view.ts'
import type { CurrentRecord } from '../records/current.ts'
import type { RecordStore } from '../records/port.ts'
import type { CandidateFilter, CandidateIndex } from '../search/port.ts'
import { likelyDuplicates } from './candidates.ts'

/** The maximum number of duplicates reported for one customer. */
const MOST = 3

/**
 * The likely duplicates of customers that have just been written; null if the search failed. They are information only: the write has been
 * committed, and its response must say so in any case.
 */
export async function duplicateWarnings(
  ports: { records: RecordStore; index: CandidateIndex },
  fields: ReadonlyMap<string, Field>,
  written: readonly CurrentRecord[],
  reach: NonNullable<CandidateFilter['recall']>,
): Promise<(LikelyDuplicate[] | null)[]> {
  try {
    const candidates = await likelyDuplicates(ports, fields, written, reach)
    return candidates.map(likely =>
      likely.slice(0, MOST).map(({ row, match }) => ({ id: row.id, customer: currentView(row), ...match })),
    )
  } catch {
    return written.map(() => null)
  }
}

import type { PairStore } from '../duplicates/port.ts'
import type { RequestContext } from '../ports.ts'
import type { RecordStore } from '../records/port.ts'
import { removeCopies } from './copies.ts'
import type { ErasureRecord, ErasureStore } from './port.ts'
import { eraseRecord } from './purge.ts'
import { eraseAbout } from './related-data.ts'

export interface FinishPorts {
  records: RecordStore
  pairs: PairStore
  erasures: Pick<ErasureStore, 'about' | 'keep'>
}

/**
 * Does what an erasure has to do at this location after its record was stored: deletes the versions, the decisions and open pairs, and what
 * others copied in merges that were split again. Both the request and the reader of the registry's stream run it, at every location, so that
 * an interrupted erasure is finished. Idempotent; it may run several times at once.
 *
 * @throws Unavailable
 */
export async function finishErasure(
  ports: FinishPorts,
  context: Pick<RequestContext, 'pause'>,
  erased: ErasureRecord,
): Promise<void> {
  await ports.erasures.keep(erased)
  for (const id of erased.ids) {
    await eraseRecord(ports.records, context, id)
    await eraseAbout(ports, context, id, erased.decisions)
  }
  for (const copy of erased.copies) await removeCopies(ports.records, context, copy)
}

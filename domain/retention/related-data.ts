import type { PairStore } from '../duplicates/port.ts'
import type { RequestContext } from '../ports.ts'
import { applyTombstone } from '../records/apply-tombstone.ts'
import type { RecordStore } from '../records/port.ts'
import { foldFromStore } from '../records/update-record.ts'
import type { ErasureStore } from './port.ts'
import { eraseRecord } from './purge.ts'

type AboutPorts = { records: RecordStore; pairs: PairStore; erasures: Pick<ErasureStore, 'about'> }

/** Deletes related data of a purged customer: decisions (digests of identities, and notes) and open pairs. */
export async function purgeAbout(
  ports: AboutPorts,
  context: Pick<RequestContext, 'pause'>,
  customer: string,
): Promise<void> {
  const { decisions, pairs } = await ports.erasures.about(customer)
  await ports.pairs.dropPairs(pairs)
  for (const id of decisions) {
    const { row } = await foldFromStore(ports.records, 'decision', id)
    if (row === null) continue
    // The customer may return and be decided about again, so the decision is marked as purged, not erased.
    await ports.records.putTombstone('decision', id, { purged: row.clock, erased: false })
    await applyTombstone(ports.records, context, 'decision', id)
  }
}

/** Deletes related data of an erased customer permanently. */
export async function eraseAbout(
  ports: AboutPorts,
  context: Pick<RequestContext, 'pause'>,
  customer: string,
  knownDecisions: readonly string[],
): Promise<void> {
  const { decisions, pairs } = await ports.erasures.about(customer)
  await ports.pairs.dropPairs(pairs)
  for (const id of new Set([...knownDecisions, ...decisions])) await eraseRecord(ports.records, context, id, 'decision')
}

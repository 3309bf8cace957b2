import pMap from 'p-map'
import { resolveClusters } from '../customers/merges.ts'
import { Gone } from '../errors.ts'
import type { RequestContext } from '../ports.ts'
import { type CurrentRecord, foldAll, withoutExpiry } from '../records/current.ts'
import type { RecordStore } from '../records/port.ts'
import { prepareWrite } from '../records/prepare-write.ts'
import { updateRecord } from '../records/update-record.ts'
import { administrativeFields, toActivityBeforeExpiry, toHold } from './hold.ts'
import { type Rule, retentionStatus } from './policy.ts'

/** Customers processed concurrently. */
const CONCURRENCY = 10

export const mapConcurrently = <T>(ids: readonly string[], work: (id: string) => Promise<T>): Promise<T[]> =>
  pMap(ids, work, { concurrency: CONCURRENCY })

/**
 * What the next phase does with a customer of a purge:
 * - `due`: it has expired, and the policy still removes it;
 * - `returns`: it has expired, but the policy keeps it now, or one that was merged with it stays;
 * - `changed`: a change has taken it back;
 * - `gone`: nothing of it is in effect.
 */
export type PurgeStatus = 'due' | 'returns' | 'changed' | 'gone'

interface Examined {
  row: CurrentRecord | null
  status: PurgeStatus
}

async function examine(records: RecordStore, id: string, rule: Rule, now: string): Promise<Examined> {
  const { versions, tombstone } = await records.loadPartition('customer', id)
  const row = foldAll(versions, tombstone)
  if (row === null) return { row, status: 'gone' }
  if (row.stateBeforeExpiry === null) return { row, status: 'changed' }
  const before = withoutExpiry(versions, tombstone)
  return { row, status: before && retentionStatus(before, rule, now) === 'due' ? 'due' : 'returns' }
}

/** Asks the policy again about the customers of a purge. Merged customers stay together. @throws Unavailable */
export async function purgeStatuses(
  records: RecordStore,
  ids: readonly string[],
  rule: Rule,
  now: string,
): Promise<ReadonlyMap<string, PurgeStatus>> {
  const examined = new Map(await mapConcurrently(ids, async id => [id, await examine(records, id, rule, now)] as const))
  const due = [...examined.values()].flatMap(({ row, status }) => (row && status === 'due' ? [row] : []))
  const clusters = await resolveClusters(due, others => records.currents('customer', others, true))
  const stays = (row: CurrentRecord): boolean => {
    const own = examined.get(row.id)
    if (own) return own.status === 'changed' || own.status === 'returns'
    return row.stateBeforeExpiry === null && retentionStatus(row, rule, now) !== 'due'
  }
  return new Map(
    [...examined].map(([id, { status }]) => [
      id,
      status === 'due' && (clusters.get(id) ?? []).some(stays) ? 'returns' : status,
    ]),
  )
}

/**
 * Takes an expired customer back onto the list.
 *
 * @param isActivity whether the retention period starts again; otherwise it goes on as if the customer had not expired.
 * @returns whether this call took the customer back; false for one who was erased.
 * @throws Unavailable
 */
export async function takeBack(
  records: RecordStore,
  context: RequestContext,
  id: string,
  isActivity: boolean,
): Promise<boolean> {
  let taken = false
  try {
    await updateRecord(records, context, 'customer', id, async row => {
      taken = row !== null && row.stateBeforeExpiry !== null
      if (row === null || !taken) return null
      const stated = toHold(row.snapshot) ?? { held: false, reason: null, until: null }
      const fields = isActivity
        ? {}
        : administrativeFields(context, row, stated, await toActivityBeforeExpiry(records, row))
      return prepareWrite(row, row, { action: 'restore', fields }, context, records.versions('customer', id, true))
    })
  } catch (error) {
    // Somebody erased the customer meanwhile; the others of the purge come back all the same.
    if (error instanceof Gone) return false
    throw error
  }
  return taken
}

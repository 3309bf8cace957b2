import type { RequestContext } from '../ports.ts'
import type { CurrentRecord } from '../records/current.ts'
import type { RecordStore } from '../records/port.ts'
import { type Change, prepareWrite, type Write } from '../records/prepare-write.ts'
import { iterate, type VersionReader } from '../records/read.ts'
import { type Clock, toKey } from '../records/version.ts'
import { type Decision, decided, MERGED, type SourceRow, stateAfter, toAction } from './statement.ts'

/** Whether it was the source's own history that last said, before a version, that the customer is off the list. */
async function isOwn(row: CurrentRecord, read: VersionReader, { version }: Write, source: string): Promise<boolean> {
  for await (const v of iterate(row, read, { below: toKey(version), newestFirst: true }))
    if (v.sets === '*' || v.sets.includes('state')) return v.history_of === source
  return false
}

/**
 * What a row with an effective date makes of a customer: a version that sets all that the row says, equal or not, and that the customer
 * was on the list from then on (or off it). So rows of different dates end the same in whatever order and however often they come, also
 * where a deletion comes before what it deletes. What an agent took off the list, or merged, stays so.
 */
export async function decideBackdated(
  store: RecordStore,
  call: RequestContext,
  statement: SourceRow,
  valid_from: string,
  row: CurrentRecord | null,
  purged: Clock,
): Promise<Decision> {
  const { id, source, action, said, digest, idempotency } = statement
  const read = store.versions('customer', id, true)
  const write = (fields: Change['fields']): Promise<Write | null> =>
    prepareWrite(
      row,
      { kind: 'customer', id, purged },
      {
        action: toAction(action, row === null),
        fields,
        set: 'stated',
        valid_from,
        history_of: source,
        said: digest,
        idempotency,
      },
      call,
      read,
    )
  const listed = await write({ ...said, state: 'active', ...stateAfter(action) })
  const before = listed?.version.was.state
  if (before === 'merged' && action !== 'upsert') return MERGED
  const stays = before === 'merged' || (before === 'deleted' && action === 'upsert')
  if (row && listed && stays && !(await isOwn(row, read, listed, source)))
    return decided(statement, false, await write(said))
  return decided(statement, row === null, listed)
}

import type { RequestContext } from '../ports.ts'
import type { CurrentRecord } from '../records/current.ts'
import type { RecordStore } from '../records/port.ts'
import { type Change, prepareWrite, type Write } from '../records/prepare-write.ts'
import { iterate, type VersionReader } from '../records/read.ts'
import { type Clock, toKey } from '../records/version.ts'
import { type Decision, decided, MERGED, type SourceRow, stateAfter, toAction } from './statement.ts'

/** Whether the source's own history was the last, before a version, to remove the customer from the list. */
async function isOwn(row: CurrentRecord, read: VersionReader, { version }: Write, source: string): Promise<boolean> {
  for await (const v of iterate(row, read, { below: toKey(version), newestFirst: true }))
    if (v.sets === '*' || v.sets.includes('state')) return v.historySource === source
  return false
}

/**
 * Decides what a row with an effective date changes: a version that sets everything that the row states, and that the customer was on the
 * list from then on (or off it). Rows of different dates give the same result in any order and with any repetition, even if a deletion
 * comes before what it deletes. Customers that an agent deleted or merged stay so.
 */
export async function decideBackdated(
  store: RecordStore,
  context: RequestContext,
  statement: SourceRow,
  valid_from: string,
  row: CurrentRecord | null,
  purged: Clock,
): Promise<Decision> {
  const { id, source, action, values, digest, idempotency } = statement
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
        historySource: source,
        statementDigest: digest,
        idempotency,
      },
      context,
      read,
    )
  const listed = await write({ ...values, state: 'active', ...stateAfter(action) })
  const before = listed?.version.previousValues.state
  if (before === 'merged' && action !== 'upsert') return MERGED
  const stays = before === 'merged' || (before === 'deleted' && action === 'upsert')
  if (row && listed && stays && !(await isOwn(row, read, listed, source)))
    return decided(statement, false, await write(values))
  return decided(statement, row === null, listed)
}

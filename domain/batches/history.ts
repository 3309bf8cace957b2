import type { Call, RecordStore } from '../ports.ts'
import type { Current } from '../records/current.ts'
import { type Change, draft, type Write } from '../records/draft.ts'
import { each, type VersionReader } from '../records/read.ts'
import { type Clock, keyOf } from '../records/version.ts'
import { actionOf, type Decision, decided, MERGED, type Statement, stateAfter } from './statement.ts'

/** Whether it was the source's own history that last said, before a version, that the customer is off the list. */
async function isOwn(row: Current, read: VersionReader, { version }: Write, source: string): Promise<boolean> {
  for await (const v of each(row, read, { below: keyOf(version), newestFirst: true }))
    if (v.sets === '*' || v.sets.includes('state')) return v.history_of === source
  return false
}

/**
 * What a row with an effective date makes of a customer: a version that sets all that the row says, equal or not, and that the customer
 * was on the list from then on (or off it). So rows of different dates end the same in whatever order and however often they come, also
 * where a deletion comes before what it deletes. What an agent took off the list, or merged, stays so.
 */
export async function decideDated(
  store: RecordStore,
  call: Call,
  statement: Statement,
  valid_from: string,
  row: Current | null,
  purged: Clock,
): Promise<Decision> {
  const { id, source, action, said, digest, idempotency } = statement
  const read = store.versions('customer', id, true)
  const write = (fields: Change['fields']): Promise<Write | null> =>
    draft(
      row,
      { kind: 'customer', id, purged },
      {
        action: actionOf(action, row === null),
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

import { EMPTY_FIELDS, isStated } from '../customers/customer-fields.ts'
import { findReplayedKey } from '../customers/idempotency.ts'
import type { RequestContext } from '../ports.ts'
import { type CurrentRecord, revertExpiry } from '../records/current.ts'
import type { RecordStore } from '../records/port.ts'
import { type Change, type FieldValues, prepareWrite } from '../records/prepare-write.ts'
import { sourceKey } from '../records/statements.ts'
import type { Tombstone } from '../records/tombstone.ts'
import { parseKey, type State, type Value, type Version } from '../records/version.ts'
import { decideBackdated } from './history.ts'
import {
  DELETED,
  type Decision,
  decided,
  GONE,
  MERGED,
  NOBODY,
  type SourceRow,
  stateAfter,
  toAction,
  toOutcome,
} from './statement.ts'

/** The value that the source stated for a field in its last version. */
function saidBefore(before: Version | null, field: string): Value | null {
  const stood = before?.sourceOverrides?.[field]
  return stood === undefined ? (before?.snapshot[field] ?? null) : stood
}

/** Stated values that differ from what the record will hold: the version does not set these fields, because others changed them since. */
function toSourceOverrides(
  state: State,
  before: Version | null,
  values: FieldValues,
  changed: FieldValues,
): FieldValues | undefined {
  const fields = new Set(
    [state, before?.snapshot ?? {}, before?.sourceOverrides ?? {}, values].flatMap(part => Object.keys(part)),
  )
  const overrides = [...fields]
    .filter(field => isStated(field) && !(field in changed))
    .map(field => [field, values[field] ?? saidBefore(before, field)] as const)
    .filter(([field, value]) => value !== (state[field] ?? null))
  return overrides.length > 0 ? Object.fromEntries(overrides) : undefined
}

/**
 * Decides what a source's row changes. The version records everything that the row states, in the fields that it sets and in `sourceOverrides`. If
 * the row repeats the source's last one, nothing changes. Otherwise the fields that differ from the source's last row are set, so that
 * corrections by agents stay where the source states nothing new. A row with an effective date is part of the source's history
 * (`history.ts`).
 */
export async function decide(
  store: RecordStore,
  context: RequestContext,
  statement: SourceRow,
  stored: CurrentRecord | null,
  { purged, erased }: Tombstone,
): Promise<Decision> {
  if (erased) return GONE
  const row = stored && revertExpiry(stored)
  const { id, ids, source, action, values, idempotency, valid_from } = statement
  const done = row && (await findReplayedKey(store, row, idempotency, statement.digest))
  if (row && done) return { outcome: toOutcome(action, parseKey(done).recorded_at === row.created_at), write: null }
  if (valid_from !== null) return decideBackdated(store, context, statement, valid_from, stored, purged)
  const last = row?.sourceDigests[sourceKey(source)]
  if (last && last.digest === statement.ends) return { outcome: 'unchanged', write: null, settled: true }
  if (last?.digest === statement.digest) return { outcome: 'unchanged', write: null }
  if (row === null && action !== 'upsert') return NOBODY
  if (row === null && statement.missing.length > 0) return { outcome: 'refused', faults: statement.missing }
  if (row?.snapshot.state === 'deleted' && action === 'upsert') return DELETED
  if (row?.snapshot.state === 'merged' && action !== 'upsert') return MERGED

  const before = last ? await store.version('customer', id, last.version) : null
  const base = (field: string) => (ids === 'registry' ? (row?.snapshot[field] ?? null) : saidBefore(before, field))
  const changed = Object.fromEntries(Object.entries(values).filter(([field, value]) => base(field) !== value))
  const isSame = ids === 'registry' && action === 'upsert' && Object.keys(changed).length === 0
  if (row && isSame) return { outcome: 'unchanged', write: null }
  const change = {
    source,
    statementDigest: statement.digest,
    idempotency,
    set: 'stated',
  } as const satisfies Partial<Change>
  // A customer that its source deleted, an agent restored, and the source lists again: a new statement, although it changes nothing.
  const again = before?.snapshot.state === 'deleted' && row?.snapshot.state === 'active' ? { state: 'active' } : {}
  const fields = row ? { ...changed, ...again, ...stateAfter(action) } : { ...EMPTY_FIELDS, ...values, state: 'active' }
  const write = await prepareWrite(
    stored,
    { kind: 'customer', id, purged },
    {
      ...change,
      fields,
      sourceOverrides: row ? toSourceOverrides(row.snapshot, before, values, changed) : undefined,
      action: toAction(action, row === null),
      replaceAll: row === null,
    },
    context,
    store.versions('customer', id, true),
  )
  return decided(statement, row === null, write)
}

import { later, tick } from './clock.ts'
import { append, type CurrentRecord, insert, revertExpiry } from './current.ts'
import { apply } from './fold.ts'
import { asOf, isFoldedIn, type VersionReader } from './read.ts'
import { type Clock, maxKeyAt, parseKey, type State, toKey, type Value, type Version } from './version.ts'

/** Stated values of fields. Null clears a field; an absent field is not stated. */
export type FieldValues = Readonly<Record<string, Value | null>>

/** The state that a statement makes by itself. */
export const withoutNulls = (values: FieldValues): State =>
  Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (value === null ? [] : [[name, value]])))

export interface Change {
  action: Version['action']
  fields: FieldValues
  /** Sets every field; fields that are not stated become null. */
  replaceAll?: boolean
  /** The fields to clear if they are not stated, given the state that the change is applied to. */
  clears?: (state: State) => readonly string[]
  /** Which stated fields to set: those that differ from the record, or all. A change with its own valid_from sets all. */
  set?: 'altered' | 'stated'
  valid_from?: string | undefined
  source?: string | undefined
  historySource?: string | undefined
  sourceOverrides?: FieldValues | undefined
  statementDigest?: string | undefined
  note?: string | null
  idempotency?: string | undefined
}

/** Who writes, where and when. */
export interface WriteContext {
  location: string
  actor: string
  request_id: string
  /** The wall-clock time: ISO 8601, UTC, milliseconds. */
  now: string
  newId(): string
}

/** 122 random bits of a new id, in base64url. */
const toSalt = (writer: WriteContext): string =>
  Buffer.from(writer.newId().replaceAll('-', ''), 'hex').toString('base64url')

/** A version and the current row after it; `expected` is the row that both were made from. */
export interface Write {
  version: Version
  row: CurrentRecord
  expected: CurrentRecord | null
  /** Every state that the version changes: its own, and those of later versions in the order. */
  states: readonly State[]
}

/** The record of a first version; `purged` is the clock of an earlier, purged life of it. */
type Beginning = Pick<Version, 'kind' | 'id'> & { purged?: Clock }

/** Builds the version that a change makes on the state `base`. */
function build(
  row: CurrentRecord | null,
  id: Beginning,
  base: { key: string | null; state: State },
  sets: Version['sets'],
  change: Change,
  writer: WriteContext,
  valid_from: string,
): Version {
  const names = sets === '*' ? Object.keys(base.state) : sets
  const snapshot: State = sets === '*' ? {} : { ...base.state }
  for (const [field, value] of Object.entries(change.fields)) {
    if (sets !== '*' && !sets.includes(field)) continue
    if (value === null) delete snapshot[field]
    else snapshot[field] = value
  }
  const seen = row?.clock ?? id.purged ?? {}
  const recorded_at = tick(writer.now, seen)
  const prev = seen[writer.location]
  return {
    kind: id.kind,
    id: id.id,
    valid_from,
    recorded_at,
    location: writer.location,
    action: change.action,
    actor: writer.actor,
    request_id: writer.request_id,
    sets,
    snapshot,
    previousValues: Object.fromEntries(
      names.flatMap(field => (base.state[field] === undefined ? [] : [[field, base.state[field]]])),
    ),
    ...(base.key === null ? {} : { predecessor: base.key }),
    clock: { ...seen, [writer.location]: recorded_at },
    ...(prev === undefined ? {} : { previousLocal: prev }),
    ...(change.source === undefined ? {} : { source: change.source }),
    ...(change.historySource === undefined ? {} : { historySource: change.historySource }),
    ...(change.sourceOverrides === undefined ? {} : { sourceOverrides: { ...change.sourceOverrides } }),
    ...(change.statementDigest === undefined ? {} : { statementDigest: change.statementDigest }),
    ...(change.note === undefined || change.note === null ? {} : { note: change.note }),
    ...(change.idempotency === undefined ? {} : { idempotency: change.idempotency }),
    salt: toSalt(writer),
  }
}

const alters = (state: State, [field, value]: [string, Value | null]): boolean => (state[field] ?? null) !== value

/** Actions that make a version even if they set no field. Whether an expiry holds depends on the other versions. */
const needsNoField = (change: Change, stored: CurrentRecord | null): boolean =>
  change.action === 'expire' || (change.action === 'restore' && stored !== null && stored.stateBeforeExpiry !== null)

/**
 * Prepares the write for a change, or null if the change alters nothing. `stored` must come from a consistent read. A change of an expired
 * record takes it back onto the list.
 */
export async function prepareWrite(
  stored: CurrentRecord | null,
  id: Beginning,
  change: Change,
  writer: WriteContext,
  read: VersionReader,
): Promise<Write | null> {
  const write = await prepare(stored && revertExpiry(stored), id, change, writer, read, needsNoField(change, stored))
  return write && { ...write, expected: stored }
}

async function prepare(
  row: CurrentRecord | null,
  id: Beginning,
  change: Change,
  writer: WriteContext,
  read: VersionReader,
  needsNoField: boolean,
): Promise<Write | null> {
  if (change.valid_from !== undefined && row !== null) return draftDated(row, change, change.valid_from, writer, read)
  const valid_from = change.valid_from ?? later(writer.now, row ? parseKey(row.head).valid_from : '')
  const base = row ? { key: row.head, state: row.snapshot } : { key: null, state: {} }
  const fields = stated(change, base.state)
  const altered = Object.entries(fields).filter(entry => change.set === 'stated' || alters(base.state, entry))
  const sets = change.replaceAll ? '*' : altered.map(([field]) => field)
  if (sets.length === 0 && !needsNoField) return null
  const version = build(row, id, base, sets, { ...change, fields }, writer, valid_from)
  return appendWrite(row, version)
}

const appendWrite = (row: CurrentRecord | null, version: Version): Write => ({
  version,
  row: append(row, version),
  expected: row,
  states: [version.snapshot],
})

/** The fields that a change states, including those that it clears. */
const stated = ({ fields, clears }: Change, state: State): FieldValues => ({
  ...Object.fromEntries((clears?.(state) ?? []).map(field => [field, null])),
  ...fields,
})

/** Prepares a back-dated change. It sets every stated field, unless the same statement was made before. */
async function draftDated(
  row: CurrentRecord,
  change: Change,
  valid_from: string,
  writer: WriteContext,
  read: VersionReader,
): Promise<Write | null> {
  const same = await read({ above: `${valid_from}#`, below: maxKeyAt(valid_from) })
  // A source's history may be loaded again in any order. A person who repeats a statement after another changed it means it.
  const before = change.historySource === undefined ? same.filter(v => isFoldedIn(row, v)).slice(-1) : same
  if (before.some(v => v.statementDigest !== undefined && v.statementDigest === change.statementDigest)) return null
  const moment = await asOf(row, read, valid_from)
  const base = { key: moment?.key ?? null, state: moment?.state ?? {} }
  // Before the record's first version there is no state: the statement begins the record and keeps its type and state. In a source's
  // history it does not, because the result must not depend on the order of the rows.
  const hasState = moment !== null || change.historySource !== undefined
  const begins: FieldValues = hasState
    ? {}
    : Object.fromEntries(
        ['type', 'state'].flatMap(field => (row.snapshot[field] === undefined ? [] : [[field, row.snapshot[field]]])),
      )
  const fields = { ...begins, ...stated(change, base.state) }
  const version = build(row, row, base, Object.keys(fields), { ...change, fields }, writer, valid_from)
  if (toKey(version) > row.head) return appendWrite(row, version)
  const after = await read({ above: toKey(version) })
  const folded = after.filter(v => isFoldedIn(row, v))
  const states = [version.snapshot]
  for (const v of folded) states.push(apply(states.at(-1) ?? {}, v))
  return { version, row: insert(row, version, folded), expected: row, states }
}

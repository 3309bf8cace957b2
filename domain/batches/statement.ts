import type { BatchOutcome, BatchRow } from '#contract/schemas/batch.ts'
import type { Fault } from '#contract/schemas/problem.ts'
import { idempotencyOf } from '../customers/repeat.ts'
import { isStated, NOTHING, saidOf, stateFaults } from '../customers/statement.ts'
import { KeyReused } from '../errors.ts'
import type { Call, RecordStore } from '../ports.ts'
import { type Current, sourceKey } from '../records/current.ts'
import { digest, uuid5 } from '../records/digest.ts'
import { draft, type Said, type Write } from '../records/draft.ts'
import type { Grave } from '../records/grave.ts'
import { partsOf, type State, type Value, type Version } from '../records/version.ts'

/** Ids of customers that a source named. */
const SOURCED = 'd0c5e3f6-9b1c-4c0f-8f0e-3f6f5b7f2a90'

/** A row of a batch as what its source says of one customer. */
export interface Statement {
  row: number
  id: string
  source: string
  said: Said
  digest: string
  /** Of the batch's key and the row: by it a batch that broke off knows its own rows again. */
  idempotency: string | undefined
  /** Of the batch's first row about a customer: the digest of its last one. Where the source said that last, they all came before. */
  ends: string | undefined
  /** What it lacks to begin a customer. */
  missing: readonly Fault[]
}

/** What becomes of a customer by a statement; `settled`: and by all further ones of its batch. */
export type Decision =
  | { outcome: 'refused'; faults: readonly Fault[] }
  | { outcome: BatchOutcome; write: Write | null; settled?: boolean }

export function statementOf(
  call: Call,
  source: string,
  row: number,
  { id: key, ...statement }: BatchRow,
  batchKey: string | undefined,
  missing: readonly Fault[],
): Statement {
  const said = saidOf(statement)
  const idempotency = idempotencyOf(call.actor, batchKey && `${batchKey}#${row}`)
  return {
    row,
    id: uuid5(SOURCED, source, key),
    source,
    said,
    digest: digest(said),
    idempotency,
    ends: undefined,
    missing,
  }
}

/** What the source said of a field by the last version that it made. */
function saidBefore(before: Version | null, field: string): Value | null {
  const stood = before?.stands?.[field]
  return stood === undefined ? (before?.snapshot[field] ?? null) : stood
}

/** Where the source's word is another than what the record will hold: fields that it does not set, which others changed since. */
function standing(state: State, before: Version | null, said: Said, news: Said): Said | undefined {
  const fields = new Set([state, before?.snapshot ?? {}, before?.stands ?? {}, said].flatMap(part => Object.keys(part)))
  const stands = [...fields]
    .filter(field => isStated(field) && !(field in news))
    .map(field => [field, said[field] ?? saidBefore(before, field)] as const)
    .filter(([field, value]) => value !== (state[field] ?? null))
  return stands.length > 0 ? Object.fromEntries(stands) : undefined
}

/** Of a customer who was erased nothing is taken in any more. */
export const GONE: Decision = {
  outcome: 'refused',
  faults: [{ pointer: '#', detail: 'is about a customer who was erased' }],
}

const expired: Fault = { pointer: '#', detail: 'is about a customer whose retention has ended: it is being removed' }
const deleted: Fault = { pointer: '#', detail: 'is about a customer who is deleted: restore it first' }

/**
 * What a source's statement makes of a customer; the version that it makes tells all that it said, in what it sets and what `stands`.
 * Where it says what it last said: nothing. Of a new statement those fields are set that differ from the source's last one, so that
 * what an agent corrected since stays where the source says nothing new.
 */
export async function decide(
  store: RecordStore,
  call: Call,
  statement: Statement,
  row: Current | null,
  { purged, erased }: Grave,
): Promise<Decision> {
  if (erased) return GONE
  if (row && row.expired !== null) return { outcome: 'refused', faults: [expired] }
  if (row === null && statement.missing.length > 0) return { outcome: 'refused', faults: statement.missing }
  const { id, source, said, idempotency } = statement
  const done = idempotency === undefined ? undefined : row?.keys[idempotency]
  if (row && done) {
    if (done.digest !== statement.digest) throw new KeyReused()
    const first = partsOf(done.version).recorded_at === row.created_at
    return { outcome: first ? 'created' : 'updated', write: null }
  }
  const last = row?.said[sourceKey(source)]
  if (last && last.digest === statement.ends) return { outcome: 'unchanged', write: null, settled: true }
  if (last?.digest === statement.digest) return { outcome: 'unchanged', write: null }
  if (row?.snapshot.state === 'deleted') return { outcome: 'refused', faults: [deleted] }

  const before = last ? await store.version('customer', id, last.version) : null
  const news = Object.fromEntries(Object.entries(said).filter(([field, value]) => saidBefore(before, field) !== value))
  const change = { source, said: statement.digest, idempotency, set: 'stated' } as const
  const fields = row ? news : { ...NOTHING, ...said, state: 'active' }
  const write = await draft(
    row,
    { kind: 'customer', id, purged },
    {
      ...change,
      fields,
      stands: row ? standing(row.snapshot, before, said, news) : undefined,
      action: row ? 'update' : 'create',
      whole: row === null,
    },
    call,
    store.versions('customer', id, true),
  )
  if (write === null) return { outcome: 'unchanged', write }
  const faults = write.states.map(stateFaults).find(found => found.length > 0)
  return faults ? { outcome: 'refused', faults } : { outcome: row ? 'updated' : 'created', write }
}

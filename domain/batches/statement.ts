import type { BatchOutcome, BatchRow } from '#contract/schemas/batch.ts'
import type { Fault } from '#contract/schemas/problem.ts'
import { idempotencyOf } from '../customers/repeat.ts'
import { NOTHING, saidOf, stateFaults } from '../customers/statement.ts'
import type { Call, RecordStore } from '../ports.ts'
import type { Current } from '../records/current.ts'
import { digest, uuid5 } from '../records/digest.ts'
import { draft, type Said, type Write } from '../records/draft.ts'
import { partsOf } from '../records/version.ts'

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
}

/** What becomes of a customer by a statement. */
export type Decision = { outcome: 'refused'; faults: Fault[] } | { outcome: BatchOutcome; write: Write | null }

export function statementOf(
  call: Call,
  source: string,
  row: number,
  { id: key, ...statement }: BatchRow,
  batchKey: string | undefined,
): Statement {
  const said = saidOf(statement)
  const idempotency = idempotencyOf(call.actor, batchKey && `${batchKey}#${row}`)
  return { row, id: uuid5(SOURCED, source, key), source, said, digest: digest(said), idempotency }
}

const deleted: Fault = { pointer: '#', detail: 'is about a customer who is deleted: restore it first' }

/**
 * What a source's statement makes of a customer. Where it says what it last said: nothing. Of a new statement those fields are set that
 * differ from the source's last one, so that what an agent corrected since stays where the source says nothing new.
 */
export async function decide(
  store: RecordStore,
  call: Call,
  statement: Statement,
  row: Current | null,
): Promise<Decision> {
  const { id, source, said, idempotency } = statement
  const done = idempotency === undefined ? undefined : row?.keys[idempotency]
  if (row && done) {
    const first = partsOf(done.version).recorded_at === row.created_at
    return { outcome: first ? 'created' : 'updated', write: null }
  }
  const last = row?.said[source]
  if (last?.digest === statement.digest) return { outcome: 'unchanged', write: null }
  if (row?.snapshot.state === 'deleted') return { outcome: 'refused', faults: [deleted] }

  const before = (last && (await store.version('customer', id, last.version)))?.snapshot ?? {}
  const news = Object.entries(said).filter(([field, value]) => (before[field] ?? null) !== value)
  const change = { source, said: statement.digest, idempotency, set: 'stated' } as const
  const fields = row ? Object.fromEntries(news) : { ...NOTHING, ...said, state: 'active' }
  const write = await draft(
    row,
    { kind: 'customer', id },
    { ...change, fields, action: row ? 'update' : 'create', whole: row === null },
    call,
    store.versions('customer', id, true),
  )
  if (write === null) return { outcome: 'unchanged', write }
  const faults = write.states.map(stateFaults).find(found => found.length > 0)
  return faults ? { outcome: 'refused', faults } : { outcome: row ? 'updated' : 'created', write }
}

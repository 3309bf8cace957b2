import type { Batch, BatchOutcome, BatchResult, BatchRow } from '#contract/schemas/batch.ts'
import type { Field } from '#contract/schemas/field.ts'
import type { Fault } from '#contract/schemas/problem.ts'
import { faultsOf, NOTHING, saidOf, stateFaults } from '../customers/statement.ts'
import { KeyReused, Refusal } from '../errors.ts'
import type { Call, Ports, RecordStore } from '../ports.ts'
import { change, refold } from '../records/change.ts'
import type { Current } from '../records/current.ts'
import { digest, uuid5 } from '../records/digest.ts'
import { draft, type Said, type Write } from '../records/draft.ts'
import type { ReadRow } from './rows.ts'

/** Ids of customers that a source named, and of batches sent under an idempotency key. */
const SOURCED = 'd0c5e3f6-9b1c-4c0f-8f0e-3f6f5b7f2a90'
const KEYED = '0c8e7a54-8a0b-4f43-b8f4-2fd1f0a8a3c2'

/** Rows that are written in one transaction: two items each, and a transaction holds a hundred. */
const CHUNK = 25
/** Transactions on their way at once. */
const WIDTH = 4

/** A row of the batch as a statement of its source about one customer. */
interface Statement {
  row: number
  id: string
  said: Said
  digest: string
}

class Refused extends Error {
  readonly faults: readonly Fault[]
  constructor(faults: readonly Fault[]) {
    super('refused')
    this.faults = faults
  }
}

const refusal = (row: number, id: string | null, faults: readonly Fault[]): BatchResult => ({
  row,
  id,
  outcome: 'refused',
  problem: faults.map(({ pointer, detail }) => `${pointer} ${detail}`).join('; '),
})

const result = ({ row, id }: Statement, outcome: BatchOutcome): BatchResult => ({ row, id, outcome, problem: null })

function statementOf(source: string, number: number, { id: key, ...statement }: BatchRow): Statement {
  const said = saidOf(statement)
  return { row: number, id: uuid5(SOURCED, source, key), said, digest: digest(said) }
}

/**
 * The write that a source's statement makes of a customer; null: it says what it last said. Of a new statement those fields are set
 * that differ from the source's last one, so that what an agent corrected since stays where the source says nothing new.
 */
async function decide(
  store: RecordStore,
  call: Call,
  source: string,
  statement: Statement,
  row: Current | null,
): Promise<Write | null> {
  const { id, said, digest } = statement
  const change = { source, said: digest, set: 'stated' as const }
  const read = store.versions('customer', id, true)
  let write: Write | null
  if (row === null) {
    write = await draft(
      null,
      { kind: 'customer', id },
      { ...change, action: 'create', fields: { ...NOTHING, ...said, state: 'active' }, whole: true },
      call,
      read,
    )
  } else {
    const last = row.said[source]
    if (last?.digest === digest) return null
    if (row.snapshot.state === 'deleted')
      throw new Refused([{ pointer: '#', detail: 'is about a customer who is deleted: restore it first' }])
    const before = (last && (await store.version('customer', id, last.version)))?.snapshot ?? {}
    const fields = Object.fromEntries(
      Object.entries(said).filter(([field, value]) => (before[field] ?? null) !== value),
    )
    write = await draft(row, { kind: 'customer', id }, { ...change, action: 'update', fields }, call, read)
  }
  const faults = write ? stateFaults(write.row.snapshot) : []
  if (faults.length > 0) throw new Refused(faults)
  return write
}

/** One row by itself, until it is in. */
async function ingestOne(store: RecordStore, call: Call, source: string, statement: Statement): Promise<BatchResult> {
  let outcome: BatchOutcome = 'unchanged'
  try {
    await change(store, call, 'customer', statement.id, async row => {
      const write = await decide(store, call, source, statement, row)
      outcome = write === null ? 'unchanged' : row === null ? 'created' : 'updated'
      return write
    })
    return result(statement, outcome)
  } catch (error) {
    if (error instanceof Refused) return refusal(statement.row, statement.id, error.faults)
    if (error instanceof Refusal) return refusal(statement.row, statement.id, [{ pointer: '#', detail: error.message }])
    throw error
  }
}

/** Rows of different customers in one transaction; where another write came between, one by one. */
async function ingestChunk(
  store: RecordStore,
  call: Call,
  source: string,
  chunk: readonly Statement[],
): Promise<BatchResult[]> {
  const stored = new Map(
    (
      await store.currents(
        'customer',
        chunk.map(({ id }) => id),
        true,
      )
    ).map(row => [row.id, row]),
  )
  const drafts = await Promise.all(
    chunk.map(async statement => {
      const row = stored.get(statement.id) ?? (await refold(store, 'customer', statement.id))
      try {
        const write = await decide(store, call, source, statement, row)
        return {
          statement,
          write: write && !stored.has(statement.id) ? { ...write, expected: null } : write,
          refused: null,
          known: row !== null,
        }
      } catch (error) {
        if (!(error instanceof Refused)) throw error
        return { statement, write: null, refused: refusal(statement.row, statement.id, error.faults), known: true }
      }
    }),
  )
  const writes = drafts.flatMap(({ write }) => (write ? [write] : []))
  const outcome = writes.length > 0 ? await store.commit(writes) : { done: true }
  if (!outcome.done) return Promise.all(chunk.map(statement => ingestOne(store, call, source, statement)))
  return drafts.map(
    ({ statement, write, refused, known }) =>
      refused ?? result(statement, write === null ? 'unchanged' : known ? 'updated' : 'created'),
  )
}

/** Rows in rounds, in each of which a customer comes once: later rows about one follow its earlier ones. */
function rounds(statements: readonly Statement[]): Statement[][] {
  const rounds: Statement[][] = []
  const seen = new Map<string, number>()
  for (const statement of statements) {
    const round = seen.get(statement.id) ?? 0
    seen.set(statement.id, round + 1)
    rounds[round] = [...(rounds[round] ?? []), statement]
  }
  return rounds
}

async function ingestRound(
  store: RecordStore,
  call: Call,
  source: string,
  statements: readonly Statement[],
): Promise<BatchResult[]> {
  const chunks = Array.from({ length: Math.ceil(statements.length / CHUNK) }, (_, n) =>
    statements.slice(n * CHUNK, (n + 1) * CHUNK),
  )
  const results: BatchResult[] = []
  const work = async () => {
    for (let chunk = chunks.shift(); chunk; chunk = chunks.shift())
      results.push(...(await ingestChunk(store, call, source, chunk)))
  }
  await Promise.all(Array.from({ length: WIDTH }, work))
  return results
}

/**
 * Takes in the rows of a source. The same rows again change nothing, whatever agents have corrected since; a row that cannot be
 * taken is refused and the others go on. Under an idempotency key a batch that was finished is answered as it was.
 *
 * @throws KeyReused, Unavailable
 */
export async function ingest(
  { records, batches }: Pick<Ports, 'records' | 'batches'>,
  call: Call,
  fields: ReadonlyMap<string, Field>,
  source: string,
  rows: readonly ReadRow[],
  idempotencyKey: string | undefined,
): Promise<Batch> {
  const id = idempotencyKey === undefined ? call.newId() : uuid5(KEYED, call.actor, idempotencyKey)
  const said = digest([source, rows])
  const before = idempotencyKey === undefined ? null : await batches.batch(id)
  if (before && before.said !== said) throw new KeyReused()
  if (before) return before.batch

  const results: BatchResult[] = []
  const statements: Statement[] = []
  for (const [n, read] of rows.entries()) {
    const faults = 'faults' in read ? read.faults : faultsOf(read.row, fields, call.now)
    if (faults.length > 0 || 'faults' in read) results.push(refusal(n + 1, null, faults))
    else statements.push(statementOf(source, n + 1, read.row))
  }
  for (const round of rounds(statements)) results.push(...(await ingestRound(records, call, source, round)))
  results.sort((a, b) => a.row - b.row)

  const count = (outcome: BatchOutcome) => results.filter(one => one.outcome === outcome).length
  const batch: Batch = {
    id,
    source,
    actor: call.actor,
    at: call.now,
    rows: rows.length,
    created: count('created'),
    updated: count('updated'),
    unchanged: count('unchanged'),
    refused: count('refused'),
    results,
  }
  await batches.putBatch({ batch, said })
  return batch
}

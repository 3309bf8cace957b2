import type { BatchResult } from '#contract/schemas/batch.ts'
import type { FieldError } from '#contract/schemas/problem.ts'
import { Gone, summarise } from '../errors.ts'
import type { RequestContext } from '../ports.ts'
import type { CurrentRecord } from '../records/current.ts'
import { IDENTIFYING } from '../records/identity.ts'
import type { RecordStore } from '../records/port.ts'
import type { Write } from '../records/prepare-write.ts'
import { NO_TOMBSTONE } from '../records/tombstone.ts'
import { catchStaleRead, foldFromStore, updateRecord } from '../records/update-record.ts'
import { RETRY } from '../retry.ts'
import { decide } from './decide.ts'
import { type Decision, GONE, type SourceRow } from './statement.ts'

/** The maximum size of a rejected row's report, in bytes: the results of a batch are one item of at most 400 KB. */
const MAX_REPORTED = 400

const cut = (text: string): string =>
  Buffer.byteLength(text) <= MAX_REPORTED
    ? text
    : `${Buffer.from(text)
        .subarray(0, MAX_REPORTED)
        .toString()
        .replace(/\uFFFD+$/, '')}…`

/** Rows per transaction: two items each, of at most a hundred. */
const CHUNK = 25
/** Concurrent transactions. */
const CONCURRENCY = 4

/** The result of a rejected row. */
export const refused = (row: number, id: string | null, faults: readonly FieldError[]): BatchResult => ({
  row,
  id,
  outcome: 'refused',
  problem: cut(summarise(faults)),
  likely_duplicates: [],
})

const toResult = ({ row, id }: SourceRow, decision: Decision): BatchResult =>
  'faults' in decision
    ? refused(row, id, decision.faults)
    : { row, id, outcome: decision.outcome, problem: null, likely_duplicates: [] }

const toWrite = (decision: Decision) => ('write' in decision ? decision.write : null)

/** A row, and what it changes. */
interface Decided {
  statement: SourceRow
  decision: Decision
}

/** Ingests one row by itself. */
async function ingestOne(store: RecordStore, context: RequestContext, statement: SourceRow): Promise<Decided> {
  let decision: Decision = { outcome: 'unchanged', write: null }
  try {
    await updateRecord(store, context, 'customer', statement.id, async (row, purged) => {
      decision = await decide(store, context, statement, row, { purged, erased: false })
      return toWrite(decision)
    })
  } catch (error) {
    if (!(error instanceof Gone)) throw error
    decision = GONE
  }
  return { statement, decision }
}

/** Ingests rows of different customers in one transaction; one by one if another write or a purge came first. */
async function ingestChunk(
  store: RecordStore,
  context: RequestContext,
  chunk: readonly SourceRow[],
): Promise<Decided[]> {
  const decided = await catchStaleRead(() => ingestTogether(store, context, chunk))
  return decided === RETRY || decided === null
    ? Promise.all(chunk.map(statement => ingestOne(store, context, statement)))
    : decided
}

/** Ingests rows of different customers in one transaction; null if another write came first. */
async function ingestTogether(
  store: RecordStore,
  context: RequestContext,
  chunk: readonly SourceRow[],
): Promise<Decided[] | null> {
  const ids = chunk.map(({ id }) => id)
  const stored = new Map((await store.currents('customer', ids, true)).map(row => [row.id, row]))
  const decided = await Promise.all(
    chunk.map(async statement => {
      const storedRow = stored.get(statement.id)
      if (storedRow) return { statement, decision: await decide(store, context, statement, storedRow, NO_TOMBSTONE) }
      const { row, tombstone: grave } = await foldFromStore(store, 'customer', statement.id)
      return { statement, decision: await decide(store, context, statement, row, grave) }
    }),
  )
  const writes = decided.flatMap(({ decision, statement: { id } }) => {
    const write = toWrite(decision)
    if (write === null) return []
    return [stored.has(id) ? write : { ...write, expected: null }]
  })
  const outcome = writes.length > 0 ? await store.commit(writes) : { done: true }
  if (!outcome.done) return null
  const begun = writes.map(({ row }) => row.id).filter(id => !stored.has(id))
  const erased = new Set(await store.findTombstoned('customer', begun, ['erased']))
  return decided.map(decided => (erased.has(decided.statement.id) ? { ...decided, decision: GONE } : decided))
}

/** By date; rows of the same date keep their order. */
const byDate = ({ valid_from: a }: SourceRow, { valid_from: b }: SourceRow): number =>
  a === b ? 0 : (a ?? '') < (b ?? '') ? -1 : 1

/** Divides rows into passes with one row per customer each: first its historical rows by date, then the current ones in their order. */
function passes(statements: readonly SourceRow[]): SourceRow[][] {
  const rounds: SourceRow[][] = []
  for (const all of Map.groupBy(statements, ({ id }) => id).values()) {
    const dated = all.filter(({ valid_from }) => valid_from !== null)
    const current = all.filter(({ valid_from }) => valid_from === null)
    const ends = current.length > 1 ? current.at(-1)?.digest : undefined
    const inTurn = [
      ...dated.sort(byDate),
      ...current.map((statement, n) => (n === 0 ? { ...statement, ends } : statement)),
    ]
    for (const [n, statement] of inTurn.entries()) {
      rounds[n] ??= []
      rounds[n].push(statement)
    }
  }
  return rounds
}

async function ingestRound(
  store: RecordStore,
  context: RequestContext,
  round: readonly SourceRow[],
): Promise<Decided[]> {
  const count = Math.ceil(round.length / CHUNK)
  const chunks = Array.from({ length: count }, (_, n) => round.slice(n * CHUNK, (n + 1) * CHUNK))
  const decided: Decided[] = []
  const work = async () => {
    try {
      for (let chunk = chunks.shift(); chunk; chunk = chunks.shift())
        decided.push(...(await ingestChunk(store, context, chunk)))
    } finally {
      // After a failure nothing more is started; transactions in progress are awaited.
      chunks.length = 0
    }
  }
  const workers = await Promise.allSettled(Array.from({ length: CONCURRENCY }, work))
  const failed = workers.find(worker => worker.status === 'rejected')
  if (failed) throw failed.reason
  return decided
}

/** The outcome of each row, and the customers that are new or have changed their identity. */
export interface Ingested {
  results: BatchResult[]
  identified: Map<string, CurrentRecord>
}

const identifies = ({ version: { sets } }: Write): boolean =>
  sets === '*' || IDENTIFYING.some(field => sets.includes(field))

/** Ingests rows: a customer's rows one after another, those of different customers together. */
export async function ingestRows(
  store: RecordStore,
  context: RequestContext,
  statements: readonly SourceRow[],
): Promise<Ingested> {
  const settled = new Set<string>()
  const results: BatchResult[] = []
  const identified = new Map<string, CurrentRecord>()
  for (const round of passes(statements)) {
    const open = round.filter(({ id }) => !settled.has(id))
    for (const { statement, decision } of await ingestRound(store, context, open)) {
      if ('settled' in decision && decision.settled) settled.add(statement.id)
      results.push(toResult(statement, decision))
      const write = toWrite(decision)
      if (write && identifies(write)) identified.set(statement.id, write.row)
    }
    const repeated = round.filter(statement => settled.has(statement.id) && !open.includes(statement))
    results.push(...repeated.map(statement => toResult(statement, { outcome: 'unchanged', write: null })))
  }
  return { results, identified }
}

import type { Batch, BatchIds, BatchOutcome, BatchResult } from '#contract/schemas/batch.ts'
import { customerId } from '#contract/schemas/customer.ts'
import type { FieldError } from '#contract/schemas/problem.ts'
import { validatePatch } from '../customers/customer-fields.ts'
import { describeDuplicates, toStoredDuplicates } from '../duplicates/stored-duplicates.ts'
import { duplicateWarnings } from '../duplicates/warnings.ts'
import { KeyReused, NotFound } from '../errors.ts'
import type { FieldSet } from '../fields/definitions.ts'
import type { RequestContext } from '../ports.ts'
import { digest, uuidV5 } from '../records/digest.ts'
import type { RecordStore } from '../records/port.ts'
import { withoutWrites } from '../records/without-writes.ts'
import type { CandidateIndex } from '../search/port.ts'
import { type Ingested, ingestRows, refused } from './ingest-rows.ts'
import type { BatchStore } from './port.ts'
import type { ReadRow } from './rows.ts'
import { type SourceRow, toStatement } from './statement.ts'

/** The UUID namespace of batches with an idempotency key. */
const KEYED = '0c8e7a54-8a0b-4f43-b8f4-2fd1f0a8a3c2'

const CLEANED = 'invisible characters were taken off'

/** Adds what was done to the rows as they were sent. */
function withNotes(results: readonly BatchResult[], rows: readonly ReadRow[]): BatchResult[] {
  const cleaned = new Set(rows.flatMap((read, n) => ('cleaned' in read ? [n + 1] : [])))
  return results.map(result => (cleaned.has(result.row) ? { ...result, note: CLEANED } : result))
}

/** Adds the likely duplicates of new and changed customers to the results. */
async function withWarnings(
  ports: { records: RecordStore; index: CandidateIndex },
  fields: FieldSet,
  { results, identified }: Ingested,
): Promise<BatchResult[]> {
  const rows = [...identified.values()]
  const warnings = await duplicateWarnings(ports, fields, rows, 'low')
  const of = new Map(rows.map(({ id }, n) => [id, warnings[n] ?? null]))
  return results.map(result => {
    const likely = result.id !== null && result.outcome !== 'refused' ? of.get(result.id) : undefined
    return likely === undefined ? result : { ...result, likely_duplicates: likely }
  })
}

interface Ports {
  records: RecordStore
  batches: BatchStore
  index: CandidateIndex
}

/** A batch: which source sends which rows, and whose ids they have. */
interface BatchRequest {
  source: string
  ids: BatchIds
  rows: readonly ReadRow[]
  /** The country of its telephone numbers without a country code, if the request states one. */
  country?: string | undefined
}

/** What a repeated batch has in common with the first one. */
const toRequestDigest = ({ source, ids, rows, country }: BatchRequest): string =>
  digest([source, rows, ...(ids === 'source' && country === undefined ? [] : [ids]), ...(country ? [country] : [])])

/** A customer's own id is a UUID. */
const idFaults = (id: string, ids: BatchIds): FieldError[] =>
  ids === 'registry' && !customerId.safeParse(id).success ? [{ pointer: '#/id', detail: 'is not a customer id' }] : []

/** Ingests the valid rows and rejects the others. */
async function process(
  ports: Ports,
  context: RequestContext,
  fields: FieldSet,
  { source, ids, rows }: BatchRequest,
  id: string,
  idempotencyKey: string | undefined,
): Promise<Batch> {
  const results: BatchResult[] = []
  const statements: SourceRow[] = []
  for (const [n, read] of rows.entries()) {
    const faults =
      'faults' in read ? read.faults : [...idFaults(read.row.id, ids), ...validatePatch(read.row, fields, context)]
    if (faults.length > 0 || 'faults' in read) results.push(refused(n + 1, null, faults))
    else statements.push(toStatement(context, source, ids, n + 1, read.row, idempotencyKey, fields))
  }
  results.push(...(await withWarnings(ports, fields, await ingestRows(ports.records, context, statements))))
  results.sort((a, b) => a.row - b.row)

  const count = (outcome: BatchOutcome) => results.filter(result => result.outcome === outcome).length
  return {
    id,
    source,
    actor: context.actor,
    at: context.now,
    location: context.location,
    dry_run: false,
    rows: rows.length,
    created: count('created'),
    updated: count('updated'),
    deleted: count('deleted'),
    restored: count('restored'),
    unchanged: count('unchanged'),
    refused: count('refused'),
    results: withNotes(results, rows),
  }
}

/** A stored batch, with the likely duplicates as they are now. */
const describeBatch = async (
  ports: { records: RecordStore; index: CandidateIndex },
  fields: FieldSet,
  batch: Batch,
): Promise<Batch> => ({ ...batch, results: await describeDuplicates(ports, fields, batch.results) })

/** The results of a batch. @throws NotFound, Unavailable */
export async function getBatch(
  ports: { records: RecordStore; batches: BatchStore; index: CandidateIndex },
  fields: FieldSet,
  id: string,
): Promise<Batch> {
  const stored = await ports.batches.batch(id)
  if (stored === null) throw new NotFound('Batch not found')
  return describeBatch(ports, fields, stored.batch)
}

/**
 * Ingests the rows of a source. Repeated rows change nothing, whatever agents have corrected since. Invalid rows are rejected, and the
 * others are ingested. With an idempotency key, a completed batch is answered as before, and an interrupted one continues and reports its
 * rows as it would have.
 *
 * @throws KeyReused, Unavailable
 */
export async function ingest(
  ports: Ports,
  context: RequestContext,
  fields: FieldSet,
  request: BatchRequest,
  idempotencyKey: string | undefined,
): Promise<Batch> {
  const { batches } = ports
  const id = idempotencyKey === undefined ? context.newId() : uuidV5(KEYED, context.actor, idempotencyKey)
  const requestDigest = toRequestDigest(request)
  const before = idempotencyKey === undefined ? null : await batches.batch(id)
  if (before && before.said !== requestDigest) throw new KeyReused()
  if (before) return describeBatch(ports, fields, before.batch)
  if (idempotencyKey !== undefined && !(await batches.claim(id, requestDigest))) throw new KeyReused()
  const batch = await process(ports, context, fields, request, id, idempotencyKey)
  await batches.putBatch({ batch: { ...batch, results: batch.results.map(toStoredDuplicates) }, said: requestDigest })
  return batch
}

/** What `ingest` would answer. Nothing is written: the records are read through a store that has no way to write. @throws Unavailable */
export async function previewIngest(
  ports: Ports,
  context: RequestContext,
  fields: FieldSet,
  request: BatchRequest,
): Promise<Batch> {
  const records = withoutWrites(ports.records)
  const batch = await process({ ...ports, records }, context, fields, request, context.newId(), undefined)
  return { ...batch, dry_run: true }
}

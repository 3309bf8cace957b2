import type * as z from 'zod'
import type { Decided, decideBody } from '#contract/schemas/duplicates.ts'
import { currentView } from '../customers/view.ts'
import { InvalidInput, NotFound } from '../errors.ts'
import type { RequestContext } from '../ports.ts'
import type { RecordStore } from '../records/port.ts'
import { updateRecords } from '../records/update-record.ts'
import { withoutWrites } from '../records/without-writes.ts'
import { decisionId, draftDecision, toPair } from './decision.ts'
import { merge, toSurvivors } from './merge.ts'
import type { PairStore } from './port.ts'

/**
 * Decides that two customers are the same and merges them, or that they differ, so that the pair does not return to the queue until the
 * identity of one of them changes. Repeating a decision changes nothing. A dry run gives the customers as they would be, and writes nothing.
 *
 * @throws InvalidInput, NotFound, StateConflict, Unavailable
 */
export async function decide(
  ports: { records: RecordStore; pairs: PairStore },
  context: RequestContext,
  { ids, decision, note = null, dry_run = false }: z.input<typeof decideBody>,
): Promise<Decided> {
  const [first, second] = ids
  if (first === second) throw new InvalidInput([{ pointer: '#/ids', detail: 'must be two different customers' }])
  const records = dry_run ? withoutWrites(ports.records) : ports.records
  const result =
    decision === 'same'
      ? [await merge(records, context, [first, second], note)]
      : await markDistinct(records, context, [first, second], note)
  if (!dry_run) await ports.pairs.dropPairs([toPair(first, second)])
  const rows = await records.currents('customer', result, true)
  return { decision, note, dry_run, customers: rows.map(currentView).sort((a, b) => (a.id < b.id ? -1 : 1)) }
}

/** Decides that two customers differ. Returns the ids of the two that the decision is about: their survivors. */
async function markDistinct(
  records: RecordStore,
  context: RequestContext,
  ids: readonly [string, string],
  note: string | null,
): Promise<string[]> {
  const { a, b } = toPair(...(await toSurvivors(records, ids)))
  if (a === b) throw new InvalidInput([{ pointer: '#/ids', detail: 'were merged: split them instead' }])
  const record = { kind: 'decision', id: decisionId({ a, b }) } as const
  const customers = [{ kind: 'customer', id: a } as const, { kind: 'customer', id: b } as const]
  await updateRecords(records, context, [...customers, record], async ([first, second, decision = null]) => {
    if (!first || !second) throw new NotFound('One of the two customers no longer exists')
    const write = await draftDecision(records, context, decision, [first, second], 'different', note)
    return write ? [write] : []
  })
  return [a, b]
}

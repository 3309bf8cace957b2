import * as z from 'zod'
import { duplicateDecision } from '#contract/schemas/duplicates.ts'
import type { RequestContext } from '../ports.ts'
import type { CurrentRecord } from '../records/current.ts'
import { digest, uuidV5 } from '../records/digest.ts'
import { toIdentity } from '../records/identity.ts'
import type { RecordStore } from '../records/port.ts'
import { prepareWrite, type Write } from '../records/prepare-write.ts'

/** Two customers, the lesser id first. */
export interface PairIds {
  a: string
  b: string
}

export const toPair = (first: string, second: string): PairIds =>
  first < second ? { a: first, b: second } : { a: second, b: first }

/** The UUID namespace of decisions about pairs of customers. */
const PAIRS = '3f0b9d2e-1c57-4d0a-9a63-7e2f5f1b8c44'

export const decisionId = ({ a, b }: PairIds): string => uuidV5(PAIRS, a, b)

/** The content of a decision: the customers, the verdict, and a digest of both identities at that time. */
const decided = z.object({
  a: z.string(),
  b: z.string(),
  decision: duplicateDecision,
  a_was: z.string(),
  b_was: z.string(),
})

const identityDigest = (row: CurrentRecord): string => digest([row.snapshot.type ?? null, toIdentity(row.snapshot)])

/** Whether the two were decided to differ, and the identity of neither has changed since. */
export function isConfirmedDistinct(decision: CurrentRecord | undefined, a: CurrentRecord, b: CurrentRecord): boolean {
  const content = decided.safeParse(decision?.snapshot).data
  return (
    content !== undefined &&
    content.decision === 'different' &&
    content.a_was === identityDigest(a) &&
    content.b_was === identityDigest(b)
  )
}

/** Prepares the write of a decision about two customers; null if the same was decided already. */
export function draftDecision(
  store: RecordStore,
  context: RequestContext,
  current: CurrentRecord | null,
  [a, b]: readonly [CurrentRecord, CurrentRecord],
  decision: z.infer<typeof duplicateDecision>,
  note: string | null,
): Promise<Write | null> {
  const record = { kind: 'decision', id: decisionId({ a: a.id, b: b.id }) } as const
  const fields = { a: a.id, b: b.id, decision, note, a_was: identityDigest(a), b_was: identityDigest(b) }
  const action = current ? 'update' : 'create'
  return prepareWrite(
    current,
    record,
    { action, fields, replaceAll: current === null },
    context,
    store.versions('decision', record.id, true),
  )
}

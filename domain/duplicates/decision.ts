import * as z from 'zod'
import { duplicateDecision } from '#contract/schemas/duplicates.ts'
import type { Call, RecordStore } from '../ports.ts'
import type { Current } from '../records/current.ts'
import { digest, uuid5 } from '../records/digest.ts'
import { draft, type Write } from '../records/draft.ts'
import { identityOf } from '../records/identity.ts'

/** Two customers, the lesser id first. */
export interface PairIds {
  a: string
  b: string
}

export const pairOf = (one: string, other: string): PairIds =>
  one < other ? { a: one, b: other } : { a: other, b: one }

/** Ids of decisions about pairs of customers. */
const PAIRS = '3f0b9d2e-1c57-4d0a-9a63-7e2f5f1b8c44'

export const decisionId = ({ a, b }: PairIds): string => uuid5(PAIRS, a, b)

/** What a decision's record says: about whom, what, and what identified the two when it was made. */
const decided = z.object({
  a: z.string(),
  b: z.string(),
  decision: duplicateDecision,
  a_was: z.string(),
  b_was: z.string(),
})

const marks = (row: Current): string => digest([row.snapshot.type ?? null, identityOf(row.snapshot)])

/** Whether it was decided that the two differ, and nothing that identifies either has changed since. */
export function standsDifferent(decision: Current | undefined, a: Current, b: Current): boolean {
  const said = decided.safeParse(decision?.snapshot).data
  return said !== undefined && said.decision === 'different' && said.a_was === marks(a) && said.b_was === marks(b)
}

/** The write of a decision about two customers as they are; null where that was decided already. */
export function draftDecision(
  store: RecordStore,
  call: Call,
  known: Current | null,
  [a, b]: readonly [Current, Current],
  decision: z.infer<typeof duplicateDecision>,
  note: string | null,
): Promise<Write | null> {
  const record = { kind: 'decision', id: decisionId({ a: a.id, b: b.id }) } as const
  const fields = { a: a.id, b: b.id, decision, note, a_was: marks(a), b_was: marks(b) }
  const action = known ? 'update' : 'create'
  return draft(
    known,
    record,
    { action, fields, whole: known === null },
    call,
    store.versions('decision', record.id, true),
  )
}

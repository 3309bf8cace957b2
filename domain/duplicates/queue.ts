import type { DuplicatePair } from '#contract/schemas/duplicates.ts'
import type { Field } from '#contract/schemas/field.ts'
import { resolveSurvivors } from '../customers/merges.ts'
import { currentView, toMatchablePerson } from '../customers/view.ts'
import { PROBABLE } from '../matching/calibration.ts'
import type { CurrentRecord } from '../records/current.ts'
import type { RecordStore } from '../records/port.ts'
import type { CandidateIndex } from '../search/port.ts'
import { compare, likelyDuplicates } from './candidates.ts'
import { decisionId, isConfirmedDistinct, toPair } from './decision.ts'
import type { Pair, PairStore } from './port.ts'

type QueuePorts = { records: RecordStore; index: CandidateIndex; pairs: PairStore }

/** Adds the likely duplicates of new and changed customers to the review queue. @throws Unavailable */
export async function queueDuplicates(
  ports: QueuePorts,
  fields: ReadonlyMap<string, Field>,
  subjects: readonly CurrentRecord[],
): Promise<void> {
  const candidates = await likelyDuplicates(ports, fields, subjects, 'low')
  const living = await resolveSurvivors(ports.records, subjects)
  const pairs = subjects.flatMap((subject, n): Pair[] => {
    const survivor = living.get(subject.id)
    if (survivor === undefined) return []
    return (candidates[n] ?? []).map(({ row, match }) => ({ ...toPair(survivor.id, row.id), score: match.score }))
  })
  await ports.pairs.putPairs([...new Map(pairs.map(pair => [`${pair.a}#${pair.b}`, pair])).values()])
}

/** How many pairs one request may examine to fill its page. */
const MAX_EXAMINED = 500

/**
 * A page of the review queue, ordered by the score at the time when the pair was found. Pairs are scored again in their current state;
 * those that are no longer open (merged, deleted, changed or decided) are removed from the queue.
 *
 * @throws Unavailable
 */
export async function reviewQueue(
  ports: QueuePorts,
  fields: ReadonlyMap<string, Field>,
  limit: number,
  from: string | null,
): Promise<{ items: DuplicatePair[]; next: string | null }> {
  const items: DuplicatePair[] = []
  let after = from
  for (let looked = 0; items.length < limit && looked < MAX_EXAMINED; ) {
    const { pairs, next } = await ports.pairs.pairs(after, limit - items.length)
    const judged = await rescore(ports, fields, pairs)
    items.push(...judged.open)
    await ports.pairs.dropPairs(judged.closed)
    after = next
    if (next === null) break
    looked += Math.max(1, pairs.length)
  }
  return { items, next: after }
}

async function rescore(
  { records, index }: QueuePorts,
  fields: ReadonlyMap<string, Field>,
  pairs: readonly Pair[],
): Promise<{ open: DuplicatePair[]; closed: Pair[] }> {
  const ids = pairs.flatMap(({ a, b }) => [a, b])
  const [rows, decisions, tokens] = await Promise.all([
    records.currents('customer', ids, false),
    records.currents('decision', pairs.map(decisionId), false),
    index.tokens(),
  ])
  const customers = new Map(rows.map(row => [row.id, row]))
  const decisionsById = new Map(decisions.map(row => [row.id, row]))
  const open: DuplicatePair[] = []
  const closed: Pair[] = []
  for (const pair of pairs) {
    const [a, b] = [customers.get(pair.a), customers.get(pair.b)]
    const listed = a?.snapshot.state === 'active' && b?.snapshot.state === 'active'
    const match = listed
      ? compare(toMatchablePerson(a.snapshot, fields), toMatchablePerson(b.snapshot, fields), tokens)
      : null
    if (!a || !b || !match || match.score < PROBABLE || isConfirmedDistinct(decisionsById.get(decisionId(pair)), a, b))
      closed.push(pair)
    else open.push({ customers: [currentView(a), currentView(b)], ...match })
  }
  return { open, closed }
}

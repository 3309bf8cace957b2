import type { DuplicatePair } from '#contract/schemas/duplicates.ts'
import type { Field } from '#contract/schemas/field.ts'
import { surviving } from '../customers/surviving.ts'
import { currentView, personOf } from '../customers/view.ts'
import { PROBABLE } from '../matching/curve.ts'
import type { Pair, Ports } from '../ports.ts'
import type { Current } from '../records/current.ts'
import { decisionId, pairOf, standsDifferent } from './decision.ts'
import { compare, likelyDuplicates } from './likely.ts'

type QueuePorts = Pick<Ports, 'records' | 'index' | 'pairs'>

/** Puts the likely duplicates of customers who are new or have changed into the review queue. @throws Unavailable */
export async function queueDuplicates(
  ports: QueuePorts,
  fields: ReadonlyMap<string, Field>,
  subjects: readonly Current[],
): Promise<void> {
  const found = await likelyDuplicates(ports, fields, subjects, 'near')
  const living = await surviving(ports.records, subjects)
  const pairs = subjects.flatMap((subject, n): Pair[] => {
    const own = living.get(subject.id)
    if (own === undefined) return []
    return (found[n] ?? []).map(({ row, match }) => ({ ...pairOf(own.id, row.id), score: match.score }))
  })
  await ports.pairs.putPairs([...new Map(pairs.map(pair => [`${pair.a}#${pair.b}`, pair])).values()])
}

/** Pairs that one request may look at to fill its page. */
const MOST_LOOKED_AT = 500

/**
 * A page of the review queue, in the order of how likely they were when found, judged by the customers as they are now. What is no longer open (merged, deleted, changed,
 * decided) leaves the queue as it is met.
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
  for (let looked = 0; items.length < limit && looked < MOST_LOOKED_AT; ) {
    const { pairs, next } = await ports.pairs.pairs(after, limit - items.length)
    const judged = await judge(ports, fields, pairs)
    items.push(...judged.open)
    await ports.pairs.dropPairs(judged.closed)
    after = next
    if (next === null) break
    looked += Math.max(1, pairs.length)
  }
  return { items, next: after }
}

async function judge(
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
  const known = new Map(decisions.map(row => [row.id, row]))
  const open: DuplicatePair[] = []
  const closed: Pair[] = []
  for (const pair of pairs) {
    const [a, b] = [customers.get(pair.a), customers.get(pair.b)]
    const listed = a?.snapshot.state === 'active' && b?.snapshot.state === 'active'
    const match = listed ? compare(personOf(a.snapshot, fields), personOf(b.snapshot, fields), tokens) : null
    if (!a || !b || !match || match.score < PROBABLE || standsDifferent(known.get(decisionId(pair)), a, b))
      closed.push(pair)
    else open.push({ customers: [currentView(a), currentView(b)], ...match })
  }
  return { open, closed }
}

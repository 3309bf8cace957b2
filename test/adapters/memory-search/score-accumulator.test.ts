import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { ScoreAccumulator } from '#adapters/memory-search/score-accumulator.ts'

const SIZE = 300
const term = fc.record({
  slots: fc.uniqueArray(fc.nat(SIZE - 1), { maxLength: SIZE }),
  // Exact in 32 bits, so that sums do not depend on their order.
  bits: fc.integer({ min: 1, max: 4000 }).map(quarters => quarters / 4),
  group: fc.nat(31),
})
type Term = typeof term extends fc.Arbitrary<infer T> ? T : never

/** The same by sorting everything. */
function bestOf(terms: readonly Term[], limit: number, admits: (slot: number) => boolean): number[] {
  const evidence = (slot: number) => {
    const greatest = new Map<number, number>()
    for (const { slots, bits, group } of terms)
      if (slots.includes(slot)) greatest.set(group, Math.max(bits, greatest.get(group) ?? 0))
    return [...greatest.values()].reduce((sum, bits) => sum + bits, 0)
  }
  const slots = [...new Set(terms.flatMap(({ slots }) => slots))].filter(admits)
  const scores = new Map(slots.map(slot => [slot, evidence(slot)]))
  return slots.sort((a, b) => (scores.get(b) ?? 0) - (scores.get(a) ?? 0) || a - b).slice(0, limit)
}

test('the slots with the most evidence are found, whichever are admitted', () => {
  const accumulator = new ScoreAccumulator()
  fc.assert(
    fc.property(
      fc.array(term, { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 1, max: 40 }),
      fc.constantFrom(1, 2, 17, 250),
      (terms, limit, rarity) => {
        const admits = (slot: number) => slot % rarity === 0
        expect(accumulator.best(terms, SIZE, limit, Number.POSITIVE_INFINITY, admits)).toEqual(
          bestOf(terms, limit, admits),
        )
      },
    ),
    { numRuns: 300 },
  )
})

test('few more slots are asked for than are wanted, if all are admitted', () => {
  const slots = Array.from({ length: 50_000 }, (_, slot) => slot)
  const halves = [slots, slots.filter(slot => slot % 500 === 0)].map((slots, group) => ({ slots, bits: 10, group }))
  let asked = 0
  const admits = () => {
    asked += 1
    return true
  }
  const best = new ScoreAccumulator().best(halves, slots.length, 100, Number.POSITIVE_INFINITY, admits)
  expect(best).toEqual(slots.filter(slot => slot % 500 === 0))
  expect(asked).toBe(100)
})

import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { difference, stateDifference } from '#domain/records/diff.ts'
import type { State, Value } from '#domain/records/version.ts'
import { instants, plans, play } from './histories.ts'
import { chances, shuffled } from './random.ts'
import { naiveDifference, referenceMoment } from './reference-model.ts'

function applied(state: State, differences: readonly { field: string; after: Value | null }[]): State {
  const after = { ...state }
  for (const { field, after: value } of differences) {
    if (value === null) delete after[field]
    else after[field] = value
  }
  return after
}

/** A location of a history, two instants of it in order, and one of knowledge. */
async function asked(plan: Parameters<typeof play>[0], chance: number) {
  const world = await play(plan)
  const site = world.site(chance)
  const [from = '', to = ''] = shuffled(instants(world, 'valid_from'), chance).slice(0, 2).sort()
  const [known = ''] = shuffled(instants(world, 'recorded_at'), chance)
  return { site, row: await site.row(), folded: await site.folded(), from, to, known }
}

describe('the difference between two instants', () => {
  test('applied to the state at the first gives the state at the second', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), chances, async (plan, chance) => {
        const { site, row, folded, from, to } = await asked(plan, chance)
        if (row === null) return
        const differences = await difference(row, site.read, from, to)
        const before = referenceMoment(folded, from)?.state ?? {}
        const after = referenceMoment(folded, to)?.state ?? {}
        expect(applied(before, differences)).toEqual(after)
        for (const { field, before: value } of differences) expect(value).toBe(before[field] ?? null)
      }),
      { numRuns: 200 },
    )
  })

  test('names for each field the change that last gave it another value, when and by whom', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), chances, async (plan, chance) => {
        const { site, row, folded, from, to } = await asked(plan, chance)
        if (row) expect(await difference(row, site.read, from, to)).toEqual(naiveDifference(folded, from, to))
      }),
      { numRuns: 200 },
    )
  })

  test('as known at a moment leaves out what was recorded after it', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), chances, async (plan, chance) => {
        const { site, row, folded, from, to, known } = await asked(plan, chance)
        if (row === null) return
        const differences = await difference(row, site.read, from, to, known)
        expect(differences).toEqual(naiveDifference(folded, from, to, known))
      }),
      { numRuns: 200 },
    )
  })

  test('of an instant and itself is nothing', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), chances, async (plan, chance) => {
        const { site, row, from } = await asked(plan, chance)
        if (row) expect(await difference(row, site.read, from, from)).toEqual([])
      }),
      { numRuns: 50 },
    )
  })
})

test.each<[State, State, ReturnType<typeof stateDifference>]>([
  [{}, {}, []],
  [{ a: 1 }, { a: 1 }, []],
  [{ a: 1 }, {}, [{ field: 'a', before: 1, after: null }]],
  [{}, { a: false }, [{ field: 'a', before: null, after: false }]],
  [{ a: 1 }, { a: '1' }, [{ field: 'a', before: 1, after: '1' }]],
  [
    { b: 1, a: 0 },
    { a: 1, b: 0 },
    [
      { field: 'a', before: 0, after: 1 },
      { field: 'b', before: 1, after: 0 },
    ],
  ],
])('the difference of %j and %j is told by field', (before, after, expected) => {
  expect(stateDifference(before, after)).toEqual(expected)
})

import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { difference, stateDifference } from '#domain/records/diff.ts'
import type { State, Value } from '#domain/records/version.ts'
import { instants, plans, play } from './histories.ts'
import { seeds, shuffled } from './random.ts'
import { referenceDifference, referenceStateAt } from './reference-model.ts'

function applyDifferences(state: State, differences: readonly { field: string; after: Value | null }[]): State {
  const after = { ...state }
  for (const { field, after: value } of differences) {
    if (value === null) delete after[field]
    else after[field] = value
  }
  return after
}

/** Plays a plan and picks a location, two instants in order, and a time of knowledge. */
async function playAndPick(plan: Parameters<typeof play>[0], chance: number) {
  const network = await play(plan)
  const site = network.site(chance)
  const [from = '', to = ''] = shuffled(instants(network, 'valid_from'), chance).slice(0, 2).sort()
  const [knownAt = ''] = shuffled(instants(network, 'recorded_at'), chance)
  return { site, row: await site.row(), folded: await site.foldedVersions(), from, to, known: knownAt }
}

describe('the difference between two instants', () => {
  test('applied to the first state gives the second', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), seeds, async (plan, chance) => {
        const { site, row, folded, from, to } = await playAndPick(plan, chance)
        if (row === null) return
        const differences = await difference(row, site.read, from, to)
        const before = referenceStateAt(folded, from)?.state ?? {}
        const after = referenceStateAt(folded, to)?.state ?? {}
        expect(applyDifferences(before, differences)).toEqual(after)
        for (const { field, before: value } of differences) expect(value).toBe(before[field] ?? null)
      }),
      { numRuns: 200 },
    )
  })

  test('names for each field the last change that gave it another value, when and by whom', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), seeds, async (plan, chance) => {
        const { site, row, folded, from, to } = await playAndPick(plan, chance)
        if (row) expect(await difference(row, site.read, from, to)).toEqual(referenceDifference(folded, from, to))
      }),
      { numRuns: 200 },
    )
  })

  test('as known at a time leaves out what was recorded later', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), seeds, async (plan, chance) => {
        const { site, row, folded, from, to, known: knownAt } = await playAndPick(plan, chance)
        if (row === null) return
        const differences = await difference(row, site.read, from, to, knownAt)
        expect(differences).toEqual(referenceDifference(folded, from, to, knownAt))
      }),
      { numRuns: 200 },
    )
  })

  test('of an instant and itself is empty', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), seeds, async (plan, chance) => {
        const { site, row, from } = await playAndPick(plan, chance)
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
])('the difference between %j and %j lists the changed fields', (before, after, expected) => {
  expect(stateDifference(before, after)).toEqual(expected)
})

import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { covers, isCausallyReady } from '#domain/records/clock.ts'
import { foldAll } from '#domain/records/current.ts'
import { fold } from '#domain/records/fold.ts'
import { plans, play } from './histories.ts'
import { sample, seeds, shuffledWithRepeats } from './random.ts'
import { referenceFold, toVersionKey } from './reference-model.ts'

describe('the order of versions', () => {
  test('leads to the same state for any order and repetition of arrival', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), seeds, async (plan, chance) => {
        const { all } = await play(plan)
        const arrived = shuffledWithRepeats(all, chance)
        expect(foldAll(arrived)).toEqual(foldAll(all))
        expect(fold(arrived)).toEqual(referenceFold(all))
      }),
      { numRuns: 200 },
    )
  })

  test('leads to the same state for any order and repetition of a part of the versions', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), seeds, async (plan, chance) => {
        const { all } = await play(plan)
        const some = sample(all, chance)
        expect(foldAll(shuffledWithRepeats(some, chance))).toEqual(foldAll(some))
      }),
      { numRuns: 200 },
    )
  })

  test('leads to the same row with every acknowledged version at all locations after full delivery', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), async plan => {
        const network = await play(plan)
        await network.deliverAll()
        const rows = await Promise.all(network.sites.map(site => site.row()))
        for (const row of rows) expect(row).toEqual(rows[0])
        expect(rows[0]?.pending ?? []).toEqual([])
        expect(network.all.filter(v => !covers(rows[0]?.clock ?? {}, v))).toEqual([])
        expect(rows[0]?.snapshot ?? {}).toEqual(referenceFold(network.all))
      }),
      { numRuns: 200 },
    )
  })
})

describe('versions that arrive before their causes', () => {
  test('are pending, and only they: the folded versions are the largest causally closed subset', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), seeds, async (plan, chance) => {
        const { written } = await play(plan)
        const here = sample(written, chance)
        const names = new Set(here.map(({ version }) => toVersionKey(version)))
        let closed = new Set(names)
        for (let before = -1; before !== closed.size; ) {
          before = closed.size
          const ready = here.filter(
            ({ version, knew }) => closed.has(toVersionKey(version)) && [...knew].every(name => closed.has(name)),
          )
          closed = new Set(ready.map(({ version }) => toVersionKey(version)))
        }
        const versions = here.map(({ version }) => version)
        const row = foldAll(versions)
        const folded = row ? versions.filter(v => covers(row.clock, v)) : []
        expect(new Set(folded.map(toVersionKey))).toEqual(closed)
        expect(row?.snapshot ?? {}).toEqual(referenceFold(folded))
        if (row) expect(row.pending).toEqual([...names].filter(name => !closed.has(name)).sort())
      }),
      { numRuns: 200 },
    )
  })

  test('never lead to a state of a set that is not causally closed', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), async plan => {
        await play(plan, async (network, site) => {
          const folded = await site.foldedVersions()
          const names = new Set(folded.map(toVersionKey))
          const knew = new Map(network.written.map(write => [toVersionKey(write.version), write.knew]))
          const missing = folded.flatMap(v => [...(knew.get(toVersionKey(v)) ?? [])]).filter(name => !names.has(name))
          expect(missing).toEqual([])
          expect((await site.row())?.snapshot ?? {}).toEqual(referenceFold(folded))
        })
      }),
      { numRuns: 120 },
    )
  })

  test('are told by their clock, which covers exactly what the writer had folded', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), async plan => {
        const { written, all } = await play(plan)
        for (const { version, knew } of written) {
          const covered = all.filter(v => covers(version.clock, v) && v !== version)
          expect(new Set(covered.map(toVersionKey))).toEqual(knew)
        }
      }),
      { numRuns: 200 },
    )
  })

  test('are ready once the previous version of the same location is folded', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), async plan => {
        const { all } = await play(plan)
        for (const v of all) {
          const before = all.filter(w => w.location === v.location && w.recorded_at < v.recorded_at)
          const clock = { ...v.clock }
          delete clock[v.location]
          expect(isCausallyReady(clock, v)).toBe(before.length === 0)
          expect(isCausallyReady({ ...clock, [v.location]: v.previousLocal ?? '' }, v)).toBe(true)
        }
      }),
      { numRuns: 100 },
    )
  })
})

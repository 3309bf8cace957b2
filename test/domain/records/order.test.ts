import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { covers, isCausallyReady } from '#domain/records/clock.ts'
import { foldAll } from '#domain/records/current.ts'
import { fold } from '#domain/records/fold.ts'
import { plans, play } from './histories.ts'
import { chances, repeatedly, someOf } from './random.ts'
import { nameOf, referenceFold } from './reference-model.ts'

describe('the order of versions', () => {
  test('the state does not depend on the order of arrival, nor on repetition', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), chances, async (plan, chance) => {
        const { all } = await play(plan)
        const arrived = repeatedly(all, chance)
        expect(foldAll(arrived)).toEqual(foldAll(all))
        expect(fold(arrived)).toEqual(referenceFold(all))
      }),
      { numRuns: 200 },
    )
  })

  test('where some have not arrived, the order and repetition of the others make no difference', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), chances, async (plan, chance) => {
        const { all } = await play(plan)
        const some = someOf(all, chance)
        expect(foldAll(repeatedly(some, chance))).toEqual(foldAll(some))
      }),
      { numRuns: 200 },
    )
  })

  test('after full delivery every location holds the same row, with every acknowledged version in it', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), async plan => {
        const world = await play(plan)
        await world.settle()
        const rows = await Promise.all(world.sites.map(site => site.row()))
        for (const row of rows) expect(row).toEqual(rows[0])
        expect(rows[0]?.pending ?? []).toEqual([])
        expect(world.all.filter(v => !covers(rows[0]?.clock ?? {}, v))).toEqual([])
        expect(rows[0]?.snapshot ?? {}).toEqual(referenceFold(world.all))
      }),
      { numRuns: 200 },
    )
  })
})

describe('versions that come before their causes', () => {
  test('wait, and nothing else waits: what is folded is the largest causally closed part of what is here', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), chances, async (plan, chance) => {
        const { written } = await play(plan)
        const here = someOf(written, chance)
        const names = new Set(here.map(({ version }) => nameOf(version)))
        let closed = new Set(names)
        for (let before = -1; before !== closed.size; ) {
          before = closed.size
          const ready = here.filter(
            ({ version, knew }) => closed.has(nameOf(version)) && [...knew].every(name => closed.has(name)),
          )
          closed = new Set(ready.map(({ version }) => nameOf(version)))
        }
        const versions = here.map(({ version }) => version)
        const row = foldAll(versions)
        const folded = row ? versions.filter(v => covers(row.clock, v)) : []
        expect(new Set(folded.map(nameOf))).toEqual(closed)
        expect(row?.snapshot ?? {}).toEqual(referenceFold(folded))
        if (row) expect(row.pending).toEqual([...names].filter(name => !closed.has(name)).sort())
      }),
      { numRuns: 200 },
    )
  })

  test('every state that a location holds meanwhile is the fold of a causally closed set', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), async plan => {
        await play(plan, async (world, site) => {
          const folded = await site.folded()
          const names = new Set(folded.map(nameOf))
          const knew = new Map(world.written.map(one => [nameOf(one.version), one.knew]))
          const lacking = folded.flatMap(v => [...(knew.get(nameOf(v)) ?? [])]).filter(name => !names.has(name))
          expect(lacking).toEqual([])
          expect((await site.row())?.snapshot ?? {}).toEqual(referenceFold(folded))
        })
      }),
      { numRuns: 120 },
    )
  })

  test('a version names by its clock exactly what its writer had folded', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), async plan => {
        const { written, all } = await play(plan)
        for (const { version, knew } of written) {
          const named = all.filter(v => covers(version.clock, v) && v !== version)
          expect(new Set(named.map(nameOf))).toEqual(knew)
        }
      }),
      { numRuns: 200 },
    )
  })

  test('a version is ready when the version before it of its own location is there too', async () => {
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

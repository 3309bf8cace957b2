import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { covers } from '#domain/records/clock.ts'
import { append, type CurrentRecord, foldAll, insert } from '#domain/records/current.ts'
import { at, RECORD, World } from './fixtures.ts'
import { plans, play } from './histories.ts'

/** A creation does not look for what waits without a row to wait in: it is folded when its own cause comes. */
const unless = (row: CurrentRecord | null, waiting: string[]): CurrentRecord | null =>
  row && { ...row, pending: waiting }

describe('a current row', () => {
  test('that a write made is the row that a fold of the same versions makes', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), async plan => {
        const { written, all } = await play(plan)
        for (const { row } of written) {
          const folded = all.filter(v => covers(row.clock, v))
          expect(unless(row, [])).toEqual(foldAll(folded))
        }
      }),
      { numRuns: 200 },
    )
  })

  test('at a location is that of everything here, or of less until it is reconciled', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), async plan => {
        await play(plan, async (_world, site) => {
          const row = await site.row()
          expect(unless(row, [])).toEqual(foldAll(await site.folded()))
          await site.reconcile()
          expect(unless(await site.row(), [])).toEqual(unless(foldAll(site.here), []))
        })
      }),
      { numRuns: 120 },
    )
  })

  test('is that of everything, with nothing waiting, once everything came', async () => {
    await fc.assert(
      fc.asyncProperty(plans(60), async plan => {
        const world = await play(plan)
        await world.settle()
        const folded = foldAll(world.all)
        for (const site of world.sites) expect(await site.row()).toEqual(folded)
      }),
      { numRuns: 200 },
    )
  })

  test('that was thrown away comes back as it was', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), async plan => {
        const world = await play(plan)
        for (const site of world.sites) {
          await site.reconcile()
          const before = await site.row()
          site.store.forget(RECORD.kind, RECORD.id)
          expect(unless(await site.row(), [])).toEqual(unless(before, []))
        }
      }),
      { numRuns: 100 },
    )
  })

  test('that was created while later versions of the record waited folds them in when what they wait for comes', async () => {
    const world = new World([0, 0])
    const [loc1, loc2] = [world.site(0), world.site(1)]
    const first = await world.write(loc1, { action: 'create', fields: { surname: 'A' }, replaceAll: true })
    world.now += 1
    const second = await world.write(loc1, { action: 'update', fields: { surname: 'B' } })
    if (first === null || second === null) throw new Error('a change makes a version')
    loc2.arrive(second.version)
    await loc2.reconcile()
    expect(await loc2.row()).toBeNull()
    world.now += 1
    await world.write(loc2, { action: 'create', fields: { surname: 'C' }, replaceAll: true })
    loc2.arrive(first.version)
    await loc2.reconcile()
    expect(await loc2.row()).toEqual(foldAll(loc2.here))
    expect((await loc2.row())?.clock).toHaveProperty('loc1', second.version.recorded_at)
  })

  test('takes no version whose writer did not know the whole of it', async () => {
    const world = new World([0, 0])
    const one = await world.write(world.site(0), { action: 'create', fields: { a: 1 }, replaceAll: true })
    const other = await world.write(world.site(1), { action: 'create', fields: { a: 2 }, replaceAll: true })
    if (one === null || other === null) throw new Error('a creation makes a version')
    expect(() => insert(one.row, other.version, [])).toThrow(RangeError)
    expect(() => append(one.row, other.version)).not.toThrow()
  })

  test('remembers the newest eight idempotency keys of a day, and no others', async () => {
    const world = new World([0])
    const site = world.site(0)
    for (let n = 0; n < 10; n++) {
      world.now += 1
      await world.write(site, {
        action: n ? 'update' : 'create',
        fields: { a: n },
        replaceAll: n === 0,
        idempotency: `k${n}`,
      })
    }
    expect(Object.keys((await site.row())?.idempotencyKeys ?? {}).sort()).toEqual([
      'k2',
      'k3',
      'k4',
      'k5',
      'k6',
      'k7',
      'k8',
      'k9',
    ])
    world.now += 24 * 3600 * 1000 + 1
    await world.write(site, { action: 'update', fields: { a: 99 }, idempotency: 'next day' })
    expect(Object.keys((await site.row())?.idempotencyKeys ?? {})).toEqual(['next day'])
    expect((await site.row())?.updated_at).toBe(at(world.now))
  })
})

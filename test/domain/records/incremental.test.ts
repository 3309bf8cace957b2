import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { covers } from '#domain/records/clock.ts'
import { append, type CurrentRecord, foldAll, insert } from '#domain/records/current.ts'
import { at, RECORD, ReplicaNetwork } from './fixtures.ts'
import { plans, play } from './histories.ts'

/**
 * Replaces the pending versions, which differ legitimately: a creation does not look for them, they are folded when their causes arrive.
 */
const withPending = (row: CurrentRecord | null, pending: string[]): CurrentRecord | null =>
  row && { ...row, pending: pending }

describe('a current row', () => {
  test('after a write equals the fold of the same versions', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), async plan => {
        const { written, all } = await play(plan)
        for (const { row } of written) {
          const folded = all.filter(v => covers(row.clock, v))
          expect(withPending(row, [])).toEqual(foldAll(folded))
        }
      }),
      { numRuns: 200 },
    )
  })

  test('equals the fold of the versions here once they are reconciled, and of fewer before', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), async plan => {
        await play(plan, async (_world, site) => {
          const row = await site.row()
          expect(withPending(row, [])).toEqual(foldAll(await site.foldedVersions()))
          await site.reconcile()
          expect(withPending(await site.row(), [])).toEqual(withPending(foldAll(site.allVersions), []))
        })
      }),
      { numRuns: 120 },
    )
  })

  test('equals the fold of all versions, with nothing pending, once all were delivered', async () => {
    await fc.assert(
      fc.asyncProperty(plans(60), async plan => {
        const network = await play(plan)
        await network.deliverAll()
        const folded = foldAll(network.all)
        for (const site of network.sites) expect(await site.row()).toEqual(folded)
      }),
      { numRuns: 200 },
    )
  })

  test('is restored from the versions after it was deleted', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), async plan => {
        const network = await play(plan)
        for (const site of network.sites) {
          await site.reconcile()
          const before = await site.row()
          site.store.deleteCurrent(RECORD.kind, RECORD.id)
          expect(withPending(await site.row(), [])).toEqual(withPending(before, []))
        }
      }),
      { numRuns: 100 },
    )
  })

  test('created while later versions are pending folds them when their causes arrive', async () => {
    const network = new ReplicaNetwork([0, 0])
    const [loc1, loc2] = [network.site(0), network.site(1)]
    const first = await network.write(loc1, { action: 'create', fields: { surname: 'A' }, replaceAll: true })
    network.now += 1
    const second = await network.write(loc1, { action: 'update', fields: { surname: 'B' } })
    if (first === null || second === null) throw new Error('a change makes a version')
    loc2.receive(second.version)
    await loc2.reconcile()
    expect(await loc2.row()).toBeNull()
    network.now += 1
    await network.write(loc2, { action: 'create', fields: { surname: 'C' }, replaceAll: true })
    loc2.receive(first.version)
    await loc2.reconcile()
    expect(await loc2.row()).toEqual(foldAll(loc2.allVersions))
    expect((await loc2.row())?.clock).toHaveProperty('loc1', second.version.recorded_at)
  })

  test('refuses to insert a version whose writer did not know all of its versions', async () => {
    const network = new ReplicaNetwork([0, 0])
    const first = await network.write(network.site(0), { action: 'create', fields: { a: 1 }, replaceAll: true })
    const second = await network.write(network.site(1), { action: 'create', fields: { a: 2 }, replaceAll: true })
    if (first === null || second === null) throw new Error('a creation makes a version')
    expect(() => insert(first.row, second.version, [])).toThrow(RangeError)
    expect(() => append(first.row, second.version)).not.toThrow()
  })

  test('remembers only the newest eight idempotency keys of a day', async () => {
    const network = new ReplicaNetwork([0])
    const site = network.site(0)
    for (let n = 0; n < 10; n++) {
      network.now += 1
      await network.write(site, {
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
    network.now += 24 * 3600 * 1000 + 1
    await network.write(site, { action: 'update', fields: { a: 99 }, idempotency: 'next day' })
    expect(Object.keys((await site.row())?.idempotencyKeys ?? {})).toEqual(['next day'])
    expect((await site.row())?.updated_at).toBe(at(network.now))
  })
})

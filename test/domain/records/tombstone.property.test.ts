/** Purge and erasure at several locations, in any order. */
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { covers } from '#domain/records/clock.ts'
import { foldFromStore } from '#domain/records/update-record.ts'
import { toKey } from '#domain/records/version.ts'
import { eraseRecord, expire, markPurged, sweep } from '#domain/retention/purge.ts'
import { RECORD } from './fixtures.ts'
import { ReplicaNetwork } from './replica-network.ts'

const { kind, id } = RECORD

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('say' as const),
      where: fc.nat(2),
      surname: fc.constantFrom('A', 'B', 'C'),
    }),
  },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('deliver' as const), where: fc.nat(60) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('reconcile' as const), where: fc.nat(2) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('expire' as const), where: fc.nat(2) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('purge' as const), where: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('forget' as const), where: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('erase' as const), where: fc.nat(8) }) },
)

test('any order of changes, expiries, purges and erasures ends alike at all locations, and only these lose acknowledged versions', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(0, 300, -300, 300_000, -300_000), { minLength: 3, maxLength: 3 }),
      fc.array(step, { maxLength: 40 }),
      async (skews, steps) => {
        const network = new ReplicaNetwork(skews)
        let erased = false
        const ignoreRefusal = (error: unknown) => {
          if (!(error instanceof Error && /retention|erased/.test(error.message))) throw error
        }
        for (const step of steps) {
          const site = network.site(step.where)
          network.advanceClocks(1)
          if (step.do === 'say') await site.setSurname(step.surname).catch(ignoreRefusal)
          if (step.do === 'deliver') network.deliver(step.where)
          if (step.do === 'reconcile') await site.reconcile()
          if (step.do === 'expire') await expire(site.records, site.context, id).catch(ignoreRefusal)
          if (step.do === 'forget') site.records.deleteCurrent(kind, id)
          if (step.do === 'purge') {
            // A purge requires that every location has acknowledged everything.
            await network.deliverAll()
            const row = await site.row()
            if (row === null || row.stateBeforeExpiry === null) continue
            await markPurged(site.records, id)
            await network.deliverAll()
            await sweep(site.records, site.context, id)
          }
          if (step.do === 'erase' && step.where === 0) {
            erased = true
            await eraseRecord(site.records, site.context, id)
          }
        }
        const acknowledged = network.sites.flatMap(site => site.records.versionsOf(kind, id))
        await network.deliverAll()
        const [first] = network.sites
        for (const site of network.sites) {
          site.records.deleteCurrent(kind, id)
          const folded = (await foldFromStore(site.records, kind, id)).row
          if (erased) expect([folded, site.keys]).toEqual([null, []])
          expect(site.keys).toEqual(first?.keys)
          expect(folded?.snapshot).toEqual(
            (await foldFromStore(first?.records ?? site.records, kind, id)).row?.snapshot,
          )
          const { tombstone } = await site.records.loadPartition(kind, id)
          const kept = acknowledged.filter(v => !erased && !covers(tombstone.purged, v)).map(toKey)
          expect(site.keys).toEqual(expect.arrayContaining(kept))
          expect(folded?.pending ?? []).toEqual([])
        }
      },
    ),
    { numRuns: 300 },
  )
})

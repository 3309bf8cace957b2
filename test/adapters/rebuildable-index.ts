/** The contract of every index that can be rebuilt. */
import { beforeEach, describe, expect, test } from '@jest/globals'
import { Unavailable } from '#domain/errors.ts'
import type { CandidateIndex, IndexEntry } from '#domain/search/port.ts'
import { person } from '../domain/matching/people.ts'

const entry = (id: string, surname: string | null, version = 1): IndexEntry => ({
  id,
  version,
  person: surname === null ? null : person({ surname, details: { city: 'Malmö', seats: 12, vip: true } }),
  past: [person({ surname: 'Before' })],
})

/** Runs the contract against an engine. `createIndex` returns an empty index. */
export function rebuildableIndexContract(engine: string, createIndex: () => Promise<CandidateIndex>): void {
  describe(`rebuilding the ${engine} index`, () => {
    let index: CandidateIndex

    const findIds = async (word: string) => (await index.exact([word], 10)).map(({ id }) => id)

    beforeEach(async () => {
      index = await createIndex()
      await index.put([entry('c1', 'Alpha'), entry('c2', 'Beta')], { visible: true })
    })

    test('shows the new index only after its promotion', async () => {
      const name = await index.create()
      await index.put([entry('c1', 'Gamma')], { into: name })
      expect([await findIds('alpha'), await findIds('gamma')]).toEqual([['c1'], []])
      await index.promote(name)
      expect([await findIds('alpha'), await findIds('gamma'), await findIds('beta')]).toEqual([[], ['c1'], []])
      expect((await index.tokens()).total()).toBe(1)
    })

    test('promotes an index once, however often it is requested', async () => {
      const name = await index.create()
      await index.put([entry('c1', 'Gamma')], { into: name })
      await index.promote(name)
      await index.promote(name)
      expect(await findIds('gamma')).toEqual(['c1'])
    })

    test('accepts entries under the name of a promoted index, and without a name', async () => {
      const name = await index.create()
      await index.promote(name)
      await index.put([entry('c3', 'Gamma')], { into: name, visible: true })
      await index.put([entry('c4', 'Gamma')], { visible: true })
      expect(await findIds('gamma')).toEqual(['c3', 'c4'])
    })

    test('is superseded by a later rebuild', async () => {
      const first = await index.create()
      const second = await index.create()
      await expect(index.put([entry('c1', 'Gamma')], { into: first })).rejects.toThrow(Unavailable)
      await expect(index.getMany(['c1'], first)).rejects.toThrow(Unavailable)
      await expect(index.promote(first)).rejects.toThrow(Unavailable)
      await index.put([entry('c1', 'Gamma')], { into: second })
      await index.promote(second)
      expect(await findIds('gamma')).toEqual(['c1'])
    })

    test('promotes while puts continue, none of which fails', async () => {
      let promoted = false
      const putContinuously = async () => {
        let version = 2
        for (let after = 0; after < 5; version++) {
          await index.put([entry('c5', `Word${version}`, version)])
          if (promoted) after++
        }
        await index.put([entry('c5', 'Last', version)], { visible: true })
      }
      const rebuildIndex = async () => {
        const name = await index.create()
        await index.put([entry('c1', 'Gamma')], { into: name })
        await index.promote(name)
        promoted = true
      }
      await Promise.all([putContinuously(), rebuildIndex()])
      expect([await findIds('last'), await findIds('gamma'), await findIds('alpha')]).toEqual([['c5'], ['c1'], []])
    })

    test('returns entries by id, visible or not', async () => {
      const deletedEntry = entry('c2', null, 7)
      await index.put([deletedEntry, entry('c3', 'Gamma', 9)])
      const entries = await index.getMany(['c3', 'nobody', 'c2', 'c1'])
      expect(entries.sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual([
        entry('c1', 'Alpha'),
        deletedEntry,
        entry('c3', 'Gamma', 9),
      ])
      expect(await index.getMany([])).toEqual([])
    })

    test('returns entries of the index being built', async () => {
      const name = await index.create()
      await index.put([entry('c1', 'Gamma', 4)], { into: name })
      expect(await index.getMany(['c1', 'c2'], name)).toEqual([entry('c1', 'Gamma', 4)])
      expect(await index.getMany(['c1'])).toEqual([entry('c1', 'Alpha')])
    })

    test('lists the ids of visible entries in order, page by page', async () => {
      await index.put([entry('c0', 'Gamma'), entry('c2', null, 2), entry('a9', 'Gamma')], { visible: true })
      expect(await index.listIds(null, 2)).toEqual(['a9', 'c0'])
      expect(await index.listIds('c0', 2)).toEqual(['c1'])
      expect(await index.listIds('c1', 2)).toEqual([])
    })
  })
}

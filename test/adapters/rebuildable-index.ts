/** What every index that can be made anew has to do, whatever its engine. */
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

/** Runs the contract against an engine. `make` gives an empty index. */
export function rebuildableIndexContract(engine: string, make: () => Promise<CandidateIndex>): void {
  describe(`the ${engine} index made anew`, () => {
    let index: CandidateIndex

    const named = async (word: string) => (await index.exact([word], 10)).map(({ id }) => id)

    beforeEach(async () => {
      index = await make()
      await index.put([entry('c1', 'Alpha'), entry('c2', 'Beta')], { visible: true })
    })

    test('is found when it is adopted, and not before', async () => {
      const name = await index.create()
      await index.put([entry('c1', 'Gamma')], { into: name })
      expect([await named('alpha'), await named('gamma')]).toEqual([['c1'], []])
      await index.promote(name)
      expect([await named('alpha'), await named('gamma'), await named('beta')]).toEqual([[], ['c1'], []])
      expect((await index.tokens()).total()).toBe(1)
    })

    test('is adopted once, however often that is asked', async () => {
      const name = await index.create()
      await index.put([entry('c1', 'Gamma')], { into: name })
      await index.promote(name)
      await index.promote(name)
      expect(await named('gamma')).toEqual(['c1'])
    })

    test('takes what is put under its name after it was adopted, and what is put without one', async () => {
      const name = await index.create()
      await index.promote(name)
      await index.put([entry('c3', 'Gamma')], { into: name, visible: true })
      await index.put([entry('c4', 'Gamma')], { visible: true })
      expect(await named('gamma')).toEqual(['c3', 'c4'])
    })

    test('gives way to another one that is begun', async () => {
      const first = await index.create()
      const second = await index.create()
      await expect(index.put([entry('c1', 'Gamma')], { into: first })).rejects.toThrow(Unavailable)
      await expect(index.getMany(['c1'], first)).rejects.toThrow(Unavailable)
      await expect(index.promote(first)).rejects.toThrow(Unavailable)
      await index.put([entry('c1', 'Gamma')], { into: second })
      await index.promote(second)
      expect(await named('gamma')).toEqual(['c1'])
    })

    test('comes into use while puts go on, none of which fails', async () => {
      let adopted = false
      const putting = async () => {
        let version = 2
        for (let after = 0; after < 5; version++) {
          await index.put([entry('c5', `Word${version}`, version)])
          if (adopted) after++
        }
        await index.put([entry('c5', 'Last', version)], { visible: true })
      }
      const anew = async () => {
        const name = await index.create()
        await index.put([entry('c1', 'Gamma')], { into: name })
        await index.promote(name)
        adopted = true
      }
      await Promise.all([putting(), anew()])
      expect([await named('last'), await named('gamma'), await named('alpha')]).toEqual([['c5'], ['c1'], []])
    })

    test('tells what it holds, findable or not, entry by entry', async () => {
      const off = entry('c2', null, 7)
      await index.put([off, entry('c3', 'Gamma', 9)])
      const held = await index.getMany(['c3', 'nobody', 'c2', 'c1'])
      expect(held.sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual([entry('c1', 'Alpha'), off, entry('c3', 'Gamma', 9)])
      expect(await index.getMany([])).toEqual([])
    })

    test('tells what the one that was begun holds', async () => {
      const name = await index.create()
      await index.put([entry('c1', 'Gamma', 4)], { into: name })
      expect(await index.getMany(['c1', 'c2'], name)).toEqual([entry('c1', 'Gamma', 4)])
      expect(await index.getMany(['c1'])).toEqual([entry('c1', 'Alpha')])
    })

    test('lists the ids of those on the list, in order, page by page', async () => {
      await index.put([entry('c0', 'Gamma'), entry('c2', null, 2), entry('a9', 'Gamma')], { visible: true })
      expect(await index.listIds(null, 2)).toEqual(['a9', 'c0'])
      expect(await index.listIds('c0', 2)).toEqual(['c1'])
      expect(await index.listIds('c1', 2)).toEqual([])
    })
  })
}

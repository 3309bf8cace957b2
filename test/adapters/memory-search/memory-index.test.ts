import { setImmediate } from 'node:timers/promises'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { MemoryIndex } from '#adapters/memory-search/memory-index.ts'
import { rank } from '#domain/matching/rank.ts'
import type { IndexEntry } from '#domain/search/port.ts'
import { example, person } from '../../domain/matching/people.ts'
import { candidateIndexContract } from '../candidate-index.ts'
import { hanNames } from '../han-names.ts'
import { rebuildableIndexContract } from '../rebuildable-index.ts'
import { searchExamples } from '../search-examples.ts'
import { sortedIndexContract } from '../sorted-index.ts'

candidateIndexContract('memory', async () => new MemoryIndex())
rebuildableIndexContract('memory', async () => new MemoryIndex())
hanNames('the index in memory', async () => new MemoryIndex())
searchExamples('the index in memory', async () => new MemoryIndex())
sortedIndexContract('memory', async () => new MemoryIndex())

/** Entries with artificial names made of syllables, the same ones each time. */
function createEntries(n: number): IndexEntry[] {
  const syllables = ['ba', 'ren', 'to', 'mik', 'sal', 'vor', 'di', 'gan', 'ule', 'pes', 'har', 'no']
  const name = (seed: number) => [0, 1, 2].map(i => syllables[Math.floor(seed / 12 ** i) % 12]).join('')
  return Array.from({ length: n }, (_, i) => ({
    id: `m${i}`,
    version: 1,
    past: [],
    person: person({
      surname: name(i * 7 + 3),
      given_name: name(i * 13 + 5),
      dob: `${1940 + (i % 60)}-0${1 + (i % 9)}-1${i % 10}`,
    }),
  }))
}

describe('the memory index', () => {
  test('refuses searches while it is being filled, because they would miss customers', async () => {
    const index = new MemoryIndex()
    index.beginFilling()
    await index.put(createEntries(3))
    const searches = {
      candidates: () => index.candidates([example({ surname: 'Baba' })], 10),
      exact: () => index.exact(['baba'], 10),
      sorted: () =>
        index.sorted({ by: 'surname', descending: false, state: 'active', type: undefined, after: null, limit: 10 }),
    }
    for (const search of Object.values(searches)) await expect(search()).rejects.toThrow('still being filled')
    expect(await index.getMany(['m0', 'm9'])).toHaveLength(1)
    index.endFilling()
    for (const search of Object.values(searches)) await expect(search()).resolves.toBeDefined()
  })

  test('has the same content for any order of versions', async () => {
    const versions = fc.array(
      fc.record({ version: fc.integer({ min: 1, max: 6 }), surname: fc.constantFrom('Alpha', 'Beta', null) }),
      { maxLength: 8 },
    )
    await fc.assert(
      fc.asyncProperty(versions, async versions => {
        const entries = [...new Map(versions.map(version => [version.version, version])).values()].map(
          ({ version, surname }) => ({
            id: 'c1',
            version,
            past: [],
            person: surname === null ? null : person({ surname }),
          }),
        )
        const [forward, backward] = [new MemoryIndex(), new MemoryIndex()]
        await forward.put(entries)
        await backward.put(entries.toReversed())
        const state = async (index: MemoryIndex) => [
          await index.exact(['alpha'], 5),
          await index.exact(['beta'], 5),
          (await index.tokens()).total(),
        ]
        expect(await state(forward)).toEqual(await state(backward))
      }),
      { numRuns: 50 },
    )
  })

  test('ranks the intended customer first among twenty thousand', async () => {
    const index = new MemoryIndex()
    const entries = createEntries(20_000)
    await index.put(entries)
    const tokens = await index.tokens()
    for (const { person: expected } of entries.slice(0, 40)) {
      const query = example({
        surname: `${expected?.surname}x`,
        given_name: expected?.given_name ?? null,
        dob: expected?.dob ?? null,
      })
      const [best] = rank(query, (await index.candidates([query], 200))[0] ?? [], tokens, 1, 0)
      expect(best?.candidate.person).toEqual(expected)
    }
  })
})

test('other work of the process runs while many entries are put', async () => {
  let [turns, isPut] = [0, false]
  const takeTurns = async () => {
    while (!isPut) {
      await setImmediate()
      turns++
    }
  }
  const others = takeTurns()
  await new MemoryIndex().put(createEntries(5000))
  isPut = true
  expect(turns).toBeGreaterThan(2)
  await others
})

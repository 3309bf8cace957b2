/** The contract of every index for sorted lists and for the filters of a search. */
import { beforeEach, describe, expect, test } from '@jest/globals'
import type { Person } from '#contract/schemas/search.ts'
import { toDateRange } from '#domain/search/date-range.ts'
import type {
  CandidateFilter,
  CandidateIndex,
  IndexEntry,
  Listing,
  SortedQuery,
  SortPosition,
} from '#domain/search/port.ts'
import { example, person } from '../domain/matching/people.ts'

const day = (n: number) => `2026-01-${String(n).padStart(2, '0')}T00:00:00.000Z`

function entry(id: string, fields: Partial<Person>, listing: Partial<Listing>, version = 1): IndexEntry {
  const { state = 'active' } = listing
  const listedPerson = person(fields)
  return {
    id,
    version,
    person: state === 'active' || state === 'merged' ? listedPerson : null,
    past: state === 'deleted' ? [listedPerson] : [],
    listing: {
      ...{ state, type: listedPerson.type, surname: (listedPerson.surname ?? '~').toLowerCase() },
      ...{ created_at: day(1), updated_at: day(1) },
      ...listing,
    },
  }
}

const ENTRIES: IndexEntry[] = [
  entry('a1', { surname: 'Berg', dob: '1960', details: { city: 'Gent', seats: 3 } }, { created_at: day(3) }),
  entry('a2', { surname: 'Adler', dob: '1985-04' }, { created_at: day(2), updated_at: day(9) }),
  entry('a3', { surname: 'Berg', dob: '1985-04-12', details: { city: 'Gent' } }, { created_at: day(5) }),
  entry('a4', { surname: 'Castel', type: 'INSTITUTION', dob: '1985' }, { created_at: day(4), updated_at: day(8) }),
  entry('a5', { surname: 'Adam', dob: '1984-12-31' }, { state: 'deleted', created_at: day(6) }),
  entry('a7', { surname: 'Yorke', dob: '1972~' }, { created_at: day(8) }),
  entry('a6', { surname: 'Zander', dob: '1986-01-01' }, { state: 'merged', created_at: day(7) }),
]

/** Runs the contract against an engine. `createIndex` returns an empty index. */
export function sortedIndexContract(engine: string, createIndex: () => Promise<CandidateIndex>): void {
  describe(`the sorted lists of the ${engine} index`, () => {
    let index: CandidateIndex

    const page = async (query: Partial<SortedQuery>): Promise<SortPosition[]> =>
      index.sorted({ by: 'surname', descending: false, state: 'active', after: null, limit: 10, ...query })
    const ids = async (query: Partial<SortedQuery>) => (await page(query)).map(({ id }) => id)
    const candidates = async (filter: CandidateFilter, criteria = {}) => {
      const [candidateList = []] = await index.candidates([example(criteria)], 10, filter)
      return candidateList.map(({ id }) => id).sort()
    }

    beforeEach(async () => {
      index = await createIndex()
      await index.put(ENTRIES, { visible: true })
    })

    test.each([
      [{ state: 'active' }, 5],
      [{ state: 'deleted' }, 1],
      [{ state: 'expired' }, 0],
      [{ state: 'all' }, 7],
      [{ state: 'active', type: 'INSTITUTION' }, 1],
      [{ state: 'deleted', type: 'INSTITUTION' }, 0],
    ])('count %j', async (filter, expected) => {
      expect(await index.count(filter)).toBe(expected)
    })

    test('count a customer who changes once, and in the new state', async () => {
      await index.put([entry('a1', { surname: 'Berg' }, { state: 'deleted' }, 2)], { visible: true })
      expect(await Promise.all(['active', 'deleted', 'all'].map(state => index.count({ state })))).toEqual([4, 2, 7])
    })

    test.each<[Partial<SortedQuery>, string[]]>([
      [{}, ['a2', 'a1', 'a3', 'a4', 'a7']],
      [{ descending: true }, ['a7', 'a4', 'a3', 'a1', 'a2']],
      [{ by: 'created_at' }, ['a2', 'a1', 'a4', 'a3', 'a7']],
      [{ by: 'created_at', descending: true }, ['a7', 'a3', 'a4', 'a1', 'a2']],
      [{ by: 'updated_at' }, ['a1', 'a3', 'a7', 'a4', 'a2']],
      [{ by: 'updated_at', descending: true }, ['a2', 'a4', 'a7', 'a3', 'a1']],
      [{ state: 'all' }, ['a5', 'a2', 'a1', 'a3', 'a4', 'a7', 'a6']],
      [{ state: 'deleted' }, ['a5']],
      [{ state: 'merged' }, ['a6']],
      [{ type: 'INSTITUTION' }, ['a4']],
      [{ words: [['berg']], descending: true }, ['a3', 'a1']],
      [{ words: [['nobody']] }, []],
      [{ words: [['nobody'], ['berg']] }, ['a1', 'a3']],
      [{ words: [] }, []],
      [{ limit: 2 }, ['a2', 'a1']],
    ])('%j', async (query, expected) => {
      expect(await ids(query)).toEqual(expected)
    })

    test.each([true, false])('are the same page by page, descending: %p', async descending => {
      const query = { descending, state: 'all', limit: 1 }
      const all: string[] = []
      for (let [position] = await page(query); position; [position] = await page({ ...query, after: position }))
        all.push(position.id)
      expect(all).toEqual(await ids({ ...query, limit: 10 }))
    })

    test('keep the order of other customers when customers are added, changed and removed between pages', async () => {
      const [, last] = await page({ limit: 2 })
      expect(last?.id).toBe('a1')
      const changes: IndexEntry[] = [
        entry('a0', { surname: 'Aaron' }, {}),
        entry('a2', { surname: 'Zebra' }, {}, 2),
        { id: 'a1', version: 2, person: null, past: [] },
      ]
      await index.put(changes, { visible: true })
      expect(await ids({ after: last ?? null })).toEqual(['a3', 'a4', 'a7', 'a2'])
      expect(await ids({ state: 'all' })).toEqual(['a0', 'a5', 'a3', 'a4', 'a7', 'a6', 'a2'])
    })

    test('are the same whether they were read before changes or only after them', async () => {
      const changes = [
        entry('a2', { surname: 'Zuse' }, { created_at: day(2), updated_at: day(10) }, 2),
        entry('a3', { surname: 'Berg' }, { state: 'deleted', created_at: day(5) }, 2),
        entry('a5', { surname: 'Adam' }, { created_at: day(6) }, 2),
        entry('a8', { surname: 'Dahl', type: 'INSTITUTION' }, { state: 'merged', created_at: day(9) }),
      ]
      const orders = async (of: CandidateIndex) => {
        const pages = []
        for (const by of ['surname', 'created_at', 'updated_at'] as const)
          for (const state of ['active', 'all', 'merged'] as const)
            pages.push(await of.sorted({ by, descending: state === 'all', state, after: null, limit: 10 }))
        return [...pages, await of.count({ state: 'active' }), await of.count({ state: 'all', type: 'INSTITUTION' })]
      }
      await orders(index)
      await index.put(changes, { visible: true })
      const readBefore = await orders(index)
      const other = await createIndex()
      await other.put([...ENTRIES, ...changes], { visible: true })
      expect(await orders(other)).toEqual(readBefore)
      expect(readBefore.at(-2)).toBe(5)
    })

    test('contain the newest version of an entry', async () => {
      await index.put([entry('a1', { surname: 'Aaron' }, {}, 3)], { visible: true })
      await index.put([entry('a1', { surname: 'Yew' }, {}, 2)], { visible: true })
      expect(await ids({})).toEqual(['a1', 'a2', 'a3', 'a4', 'a7'])
    })

    test('are returned with the entries of the index', async () => {
      const entries = await index.getMany(['a2', 'a5'])
      expect(entries.map(({ listing }) => listing)).toEqual([ENTRIES[1]?.listing, ENTRIES[4]?.listing])
    })

    test.each<[string, number, string[]]>([
      ['1985-04-12', 0, ['a2', 'a3', 'a4']],
      ['1985-04-13', 0, ['a2', 'a4']],
      ['1985-04', 0, ['a2', 'a3', 'a4']],
      ['1985-05', 0, ['a4']],
      ['1985', 0, ['a2', 'a3', 'a4']],
      ['1985', 1, ['a2', 'a3', 'a4', 'a6']],
      ['1984', 1, ['a2', 'a3', 'a4']],
      ['1974-02', 0, ['a7']],
      ['1975', 0, []],
      ['1975', 1, ['a7']],
      ['1977~', 1, ['a7']],
      ['1987~', 0, ['a2', 'a3', 'a4', 'a6']],
      ['1961-07-01', 1, ['a1']],
      ['1961-07-01', 0, []],
    ])(
      'a filter by %s with a tolerance of %i years admits everybody possibly born then',
      async (dob, tolerance, expected) => {
        expect(await candidates({ dob: toDateRange(dob, tolerance) })).toEqual(expected)
      },
    )

    test('filters combine with each other and with criteria', async () => {
      expect(await candidates({ details: { city: 'Gent' } })).toEqual(['a1', 'a3'])
      expect(await candidates({ details: { city: 'Gent', seats: 3 } })).toEqual(['a1'])
      expect(await candidates({ dob: toDateRange('1985', 0), type: 'INSTITUTION' })).toEqual(['a4'])
      expect(await candidates({ dob: toDateRange('1985', 0), details: { city: 'Gent' } })).toEqual(['a3'])
      expect(await candidates({ dob: toDateRange('1960', 0) }, { surname: 'Berg' })).toEqual(['a1'])
      expect(await candidates({ state: 'merged' }, { surname: 'Zander' })).toEqual(['a6'])
      expect(await candidates({ state: 'deleted', past: true }, { surname: 'Adam' })).toEqual(['a5'])
      expect(await candidates({ state: 'deleted', past: true, dob: toDateRange('1985', 1) })).toEqual(['a5'])
    })
  })
}

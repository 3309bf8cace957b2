/** The contract of every candidate index. */
import { beforeEach, describe, expect, test } from '@jest/globals'
import type { Person, SearchCriteria } from '#contract/schemas/search.ts'
import { parseQueryText } from '#domain/matching/example.ts'
import type { CandidateFilter, CandidateIndex } from '#domain/search/port.ts'
import { example, person } from '../domain/matching/people.ts'

const CUSTOMERS: [id: string, said: Partial<Person>][] = [
  ['c1', { surname: 'Lindqvist', given_name: 'Marta', dob: '1961-04-12', document_number: 'AB1234567' }],
  ['c2', { surname: 'Lindqvist', given_name: 'Roger', dob: '1958-11-30' }],
  ['c3', { surname: 'موسوی', given_name: 'حسین' }],
  ['c4', { surname: 'Gaddafi', given_name: 'Yusuf' }],
  ['c5', { surname: 'van der Hoeven', given_name: 'Ruud', document_number: '7654321' }],
  ['c6', { surname: 'Harbour Trust', type: 'INSTITUTION', details: { city: 'Malmö', seats: 12 } }],
  ['c7', { surname: 'Okonkwo', given_name: 'Chidi Emeka', dob: '1990' }],
]

const FINDABLE: [how: string, asked: Partial<SearchCriteria>, id: string][] = [
  ['an exact name', { surname: 'Lindqvist', given_name: 'Marta' }, 'c1'],
  ['swapped names', { surname: 'Marta', given_name: 'Lindqvist' }, 'c1'],
  ['free text', { text: 'marta lindqvist' }, 'c1'],
  ['a typo', { surname: 'Lindqist' }, 'c1'],
  ['two typos', { surname: 'Limdqvits' }, 'c1'],
  ['a split word', { text: 'okon kwo' }, 'c7'],
  ['joined words', { text: 'chidiemeka' }, 'c7'],
  ['a prefix of a name', { text: 'okonk' }, 'c7'],
  ['another transliteration', { surname: 'Qadhafi' }, 'c4'],
  ['another script', { text: 'Hossein Mousavi' }, 'c3'],
  ['only a date of birth', { dob: '1961-04-12' }, 'c1'],
  ['a date of birth with day and month swapped', { dob: '1961-12-04' }, 'c1'],
  ['a date of birth with another day', { dob: '1961-04-29' }, 'c1'],
  ['a year of birth', { dob: '1990' }, 'c7'],
  ['a document number', { document_number: 'ab-123 4567' }, 'c1'],
  ['a document number with a wrong digit', { document_number: 'AB1234557' }, 'c1'],
  ['a document number with digits swapped', { document_number: '7654231' }, 'c5'],
  ['a document number with a missing digit', { document_number: '765432' }, 'c5'],
  ['a detail in free text', { text: 'malmo' }, 'c6'],
  ['a detail by name', { details: { city: 'Malmö' } }, 'c6'],
]

const LOW_RECALL: [how: string, asked: Partial<SearchCriteria>, ids: string[]][] = [
  ['a whole word', { surname: 'Lindqvist' }, ['c1', 'c2']],
  ['a part of the date of birth', { dob: '1961-04-29' }, ['c1']],
  ['a document number with a wrong digit', { document_number: 'AB1234557' }, ['c1']],
  ['no misspelt word', { surname: 'Lindqist' }, []],
  ['no other spelling of a name', { surname: 'Qadhafi' }, []],
]

const UNUSUAL_TEXTS: [what: string, text: string][] = [
  ...['', ' ', 'a', '*:*', 'name:/.*/', '{"script":"1"}', '😀😀', '\u200b', '))((', '٪٪٪'].map(
    (text): [string, string] => [JSON.stringify(text), text],
  ),
  ['ten thousand letters', 'x'.repeat(10_000)],
  ['three thousand words', 'ab '.repeat(3000)],
]

/** How many times slower than a search for two plain words a search for an unusual text may be. */
const MAX_SLOWDOWN = 100

/** Runs the contract against an engine. `createIndex` returns an empty index. */
export function candidateIndexContract(engine: string, createIndex: () => Promise<CandidateIndex>): void {
  describe(`the ${engine} index`, () => {
    let index: CandidateIndex

    const put = (id: string, version: number, fields: Partial<Person> | null, past: Partial<Person>[] = []) =>
      index.put([{ id, version, person: fields === null ? null : person(fields), past: past.map(person) }], {
        visible: true,
      })
    const ids = async (criteria: Partial<SearchCriteria>, size = 10, filter: CandidateFilter = {}) => {
      const [candidates = []] = await index.candidates([example(criteria)], size, filter)
      return candidates.map(({ id }) => id)
    }
    const exact = async (words: string[], limit = 10, after?: string, type?: string) => {
      const candidates = await index.exact(words, limit, after, type)
      return candidates.map(({ id }) => id)
    }

    beforeEach(async () => {
      index = await createIndex()
      await index.put(
        CUSTOMERS.map(([id, fields]) => ({ id, version: 1, person: person(fields), past: [] })),
        { visible: true },
      )
    })

    test.each(FINDABLE)('finds a customer by %s', async (_how, criteria, id) => {
      expect(await ids(criteria)).toContain(id)
    })

    test('ranks the most likely candidate first', async () => {
      expect(await ids({ surname: 'Lindqvist', given_name: 'Roger' })).toEqual(expect.arrayContaining(['c2', 'c1']))
      expect((await ids({ surname: 'Lindqvist', given_name: 'Roger' }))[0]).toBe('c2')
    })

    test('returns the person as stored', async () => {
      const [[first] = []] = await index.candidates([example({ surname: 'Okonkwo' })], 1)
      expect(first).toEqual({
        id: 'c7',
        person: person({ surname: 'Okonkwo', given_name: 'Chidi Emeka', dob: '1990' }),
        past: [],
      })
    })

    test('returns at most the requested number', async () => {
      expect(await ids({ surname: 'Lindqvist' }, 1)).toHaveLength(1)
    })

    test('answers several queries at once, in their order', async () => {
      const queries = [{ surname: 'Okonkwo' }, {}, { surname: 'Qadhafi' }, { document_number: '7654321' }]
      const results = await index.candidates(queries.map(example), 3)
      expect(results.map(([first]) => first?.id)).toEqual(['c7', undefined, 'c4', 'c5'])
      expect(await index.candidates([], 3)).toEqual([])
    })

    test.each(LOW_RECALL)('with low recall finds customers by %s', async (_how, criteria, expected) => {
      expect((await ids(criteria, 10, { recall: 'low' })).sort()).toEqual(expected)
    })

    test('finds customers by former fields on request', async () => {
      await put('c4', 2, { surname: 'Bergkamp' }, [{ surname: 'Gaddafi', given_name: 'Yusuf' }])
      expect(await ids({ surname: 'Qadhafi' }, 10, { past: true })).toContain('c4')
      expect(await ids({ surname: 'Bergkamp' }, 10, { past: true })).toContain('c4')
      expect(await ids({ surname: 'Gaddafi' })).not.toContain('c4')
      expect(await exact(['gaddafi'])).toEqual([])
      expect((await index.tokens()).count('gaddafi')).toBe(0)
    })

    test('finds deleted customers by former fields on request', async () => {
      const former = { surname: 'Gaddafi', given_name: 'Yusuf', dob: '1950-03-02' }
      await put('c4', 2, null, [former])
      const [candidates] = await index.candidates([example({ surname: 'Gadafi' })], 10, { past: true })
      expect(candidates).toContainEqual({ id: 'c4', person: null, past: [person(former)] })
      expect(await ids({ dob: '1950-03-02' }, 10, { past: true, type: 'PERSON' })).toContain('c4')
      expect(await ids({ dob: '1950-03-02' }, 10, { past: true, type: 'INSTITUTION' })).toEqual([])
      expect(await ids({ dob: '1950-03-02' })).toEqual([])
    })

    test('filters by type', async () => {
      expect(await ids({ text: 'harbour trust lindqvist' }, 10, { type: 'INSTITUTION' })).toEqual(['c6'])
      expect(await exact(['harbour'], 10, undefined, 'PERSON')).toEqual([])
    })

    test('replaces an older version with a newer one', async () => {
      await put('c4', 2, { surname: 'Bergkamp' })
      expect(await ids({ surname: 'Bergkamp' })).toContain('c4')
      expect(await exact(['gaddafi'])).toEqual([])
    })

    test('ignores an older version', async () => {
      await put('c4', 3, { surname: 'Bergkamp' })
      await put('c4', 2, { surname: 'Gaddafi' })
      expect(await exact(['bergkamp'])).toEqual(['c4'])
      expect(await exact(['gaddafi'])).toEqual([])
    })

    test('accepts the same entry repeatedly', async () => {
      await put('c4', 1, { surname: 'Gaddafi', given_name: 'Yusuf' })
      expect(await exact(['gaddafi'])).toEqual(['c4'])
      expect((await index.tokens()).count('gaddafi')).toBe(1)
    })

    test('drops deleted customers, and an older version does not restore them', async () => {
      await put('c4', 5, null)
      await put('c4', 4, { surname: 'Gaddafi' })
      expect(await ids({ surname: 'Gaddafi' })).not.toContain('c4')
      expect(await exact(['gaddafi'])).toEqual([])
      await put('c4', 6, { surname: 'Gaddafi' })
      expect(await exact(['gaddafi'])).toEqual(['c4'])
    })

    test('keeps the deletion marker of a customer that it never held', async () => {
      await put('c9', 2, null)
      await put('c9', 1, { surname: 'Zanzibar' })
      expect(await exact(['zanzibar'])).toEqual([])
    })

    test('finds exactly the customers that contain every word', async () => {
      expect(await exact(['lindqvist'])).toEqual(['c1', 'c2'])
      expect(await exact(['lindqvist', 'marta'])).toEqual(['c1'])
      expect(await exact(['marta', 'ab1234567'])).toEqual(['c1'])
      expect(await exact(['malmo'])).toEqual(['c6'])
      expect(await exact(['indqvits'])).toEqual([])
      expect(await exact([])).toEqual([])
    })

    test.each([
      ['the beginning of a word', ['lindq'], ['c1', 'c2']],
      ['two letters of a word', ['li'], ['c1', 'c2']],
      ['a part of a word', ['ddaf'], ['c4']],
      ['the beginnings of two words', ['lin', 'mar'], ['c1']],
      ['the beginning of a transliterated word', ['husa'], []],
      ['no part of a document number', ['ab123'], []],
      ['no single letter', ['l'], []],
    ])('finds by %s in an exact search', async (_what, words, ids) => {
      expect(await exact(words)).toEqual(ids)
    })

    test('pages through exact results by id', async () => {
      expect(await exact(['lindqvist'], 1)).toEqual(['c1'])
      expect(await exact(['lindqvist'], 1, 'c1')).toEqual(['c2'])
      expect(await exact(['lindqvist'], 1, 'c2')).toEqual([])
    })

    test('counts the customers with a name', async () => {
      const tokens = await index.tokens()
      expect([tokens.count('lindqvist'), tokens.count('marta'), tokens.count('nobody')]).toEqual([2, 1, 0])
      expect(tokens.total()).toBe(CUSTOMERS.length)
      await put('c2', 2, null)
      const tokensAfter = await index.tokens()
      expect([tokensAfter.count('lindqvist'), tokensAfter.total()]).toEqual([1, CUSTOMERS.length - 1])
    })

    /** Searches for a text in every way, and returns how long that took in milliseconds. */
    async function searchFor(text: string): Promise<number> {
      const startedAt = performance.now()
      await expect(index.candidates([parseQueryText(text)], 10)).resolves.toEqual(expect.any(Array))
      await expect(
        index.candidates([example({ text, surname: text, dob: text, document_number: text })], 10),
      ).resolves.toEqual(expect.any(Array))
      await expect(index.exact([text], 10)).resolves.toEqual(expect.any(Array))
      return performance.now() - startedAt
    }

    /** Returns the fastest of several searches: others' work on the machine delays single ones. */
    async function fastestSearchFor(text: string): Promise<number> {
      const times: number[] = []
      for (let n = 0; n < 5; n++) times.push(await searchFor(text))
      return Math.min(...times)
    }

    test.each(UNUSUAL_TEXTS)('treats %s as plain text', async (_what, text) => {
      const [unusual, plain] = [await fastestSearchFor(text), await fastestSearchFor('marta lindqvist')]
      expect(unusual).toBeLessThan(MAX_SLOWDOWN * plain)
    })
  })
}

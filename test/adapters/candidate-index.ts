/** What every index of candidates has to do, whatever its engine. */
import { beforeEach, describe, expect, test } from '@jest/globals'
import type { Person, SearchCriteria } from '#contract/schemas/search.ts'
import { parseQueryText } from '#domain/matching/example.ts'
import type { CandidateFilter, CandidateIndex } from '#domain/search/port.ts'
import { example, person } from '../domain/matching/people.ts'

const LISTED: [id: string, said: Partial<Person>][] = [
  ['c1', { surname: 'Lindqvist', given_name: 'Marta', dob: '1961-04-12', document_number: 'AB1234567' }],
  ['c2', { surname: 'Lindqvist', given_name: 'Roger', dob: '1958-11-30' }],
  ['c3', { surname: 'موسوی', given_name: 'حسین' }],
  ['c4', { surname: 'Gaddafi', given_name: 'Yusuf' }],
  ['c5', { surname: 'van der Hoeven', given_name: 'Ruud', document_number: '7654321' }],
  ['c6', { surname: 'Harbour Trust', type: 'INSTITUTION', details: { city: 'Malmö', seats: 12 } }],
  ['c7', { surname: 'Okonkwo', given_name: 'Chidi Emeka', dob: '1990' }],
]

const FOUND: [how: string, asked: Partial<SearchCriteria>, id: string][] = [
  ['an exact name', { surname: 'Lindqvist', given_name: 'Marta' }, 'c1'],
  ['names in each other’s place', { surname: 'Marta', given_name: 'Lindqvist' }, 'c1'],
  ['free text', { text: 'marta lindqvist' }, 'c1'],
  ['a typing error', { surname: 'Lindqist' }, 'c1'],
  ['two typing errors', { surname: 'Limdqvits' }, 'c1'],
  ['a word pulled apart', { text: 'okon kwo' }, 'c7'],
  ['words run together', { text: 'chidiemeka' }, 'c7'],
  ['half a name', { text: 'okonk' }, 'c7'],
  ['another transliteration', { surname: 'Qadhafi' }, 'c4'],
  ['another script', { text: 'Hossein Mousavi' }, 'c3'],
  ['a date of birth alone', { dob: '1961-04-12' }, 'c1'],
  ['a date of birth with day and month swapped', { dob: '1961-12-04' }, 'c1'],
  ['a date of birth with another day', { dob: '1961-04-29' }, 'c1'],
  ['a year of birth', { dob: '1990' }, 'c7'],
  ['a document number', { document_number: 'ab-123 4567' }, 'c1'],
  ['a document number with a wrong digit', { document_number: 'AB1234557' }, 'c1'],
  ['a document number with digits swapped', { document_number: '7654231' }, 'c5'],
  ['a document number with a digit left out', { document_number: '765432' }, 'c5'],
  ['a detail in free text', { text: 'malmo' }, 'c6'],
  ['a detail by name', { details: { city: 'Malmö' } }, 'c6'],
]

const NEAR: [how: string, asked: Partial<SearchCriteria>, ids: string[]][] = [
  ['a whole word', { surname: 'Lindqvist' }, ['c1', 'c2']],
  ['a part of the date of birth', { dob: '1961-04-29' }, ['c1']],
  ['a document number with a wrong digit', { document_number: 'AB1234557' }, ['c1']],
  ['no misspelt word', { surname: 'Lindqist' }, []],
  ['no other spelling of a name', { surname: 'Qadhafi' }, []],
]

const PLAIN: [what: string, text: string][] = [
  ...['', ' ', 'a', '*:*', 'name:/.*/', '{"script":"1"}', '😀😀', '\u200b', '))((', '٪٪٪'].map(
    (text): [string, string] => [JSON.stringify(text), text],
  ),
  ['ten thousand letters', 'x'.repeat(10_000)],
  ['three thousand words', 'ab '.repeat(3000)],
]

/** Runs the contract against an engine. `make` gives an empty index. */
export function candidateIndexContract(engine: string, make: () => Promise<CandidateIndex>): void {
  describe(`the ${engine} index`, () => {
    let index: CandidateIndex

    const put = (id: string, version: number, said: Partial<Person> | null, past: Partial<Person>[] = []) =>
      index.put([{ id, version, person: said === null ? null : person(said), past: past.map(person) }], {
        visible: true,
      })
    const ids = async (asked: Partial<SearchCriteria>, size = 10, wanted: CandidateFilter = {}) => {
      const [found = []] = await index.candidates([example(asked)], size, wanted)
      return found.map(({ id }) => id)
    }
    const exact = async (words: string[], limit = 10, after?: string, type?: string) => {
      const found = await index.exact(words, limit, after, type)
      return found.map(({ id }) => id)
    }

    beforeEach(async () => {
      index = await make()
      await index.put(
        LISTED.map(([id, said]) => ({ id, version: 1, person: person(said), past: [] })),
        { visible: true },
      )
    })

    test.each(FOUND)('finds a customer by %s', async (_how, asked, id) => {
      expect(await ids(asked)).toContain(id)
    })

    test('puts the likeliest first', async () => {
      expect(await ids({ surname: 'Lindqvist', given_name: 'Roger' })).toEqual(expect.arrayContaining(['c2', 'c1']))
      expect((await ids({ surname: 'Lindqvist', given_name: 'Roger' }))[0]).toBe('c2')
    })

    test('gives the person as it was put', async () => {
      const [[first] = []] = await index.candidates([example({ surname: 'Okonkwo' })], 1)
      expect(first).toEqual({
        id: 'c7',
        person: person({ surname: 'Okonkwo', given_name: 'Chidi Emeka', dob: '1990' }),
        past: [],
      })
    })

    test('gives no more than were asked for', async () => {
      expect(await ids({ surname: 'Lindqvist' }, 1)).toHaveLength(1)
    })

    test('takes many examples at once, and answers each in its place', async () => {
      const asked = [{ surname: 'Okonkwo' }, {}, { surname: 'Qadhafi' }, { document_number: '7654321' }]
      const found = await index.candidates(asked.map(example), 3)
      expect(found.map(([first]) => first?.id)).toEqual(['c7', undefined, 'c4', 'c5'])
      expect(await index.candidates([], 3)).toEqual([])
    })

    test.each(NEAR)('finds who is near by %s', async (_how, asked, found) => {
      expect((await ids(asked, 10, { recall: 'low' })).sort()).toEqual(found)
    })

    test('finds by what a customer was before, when that is asked for', async () => {
      await put('c4', 2, { surname: 'Bergkamp' }, [{ surname: 'Gaddafi', given_name: 'Yusuf' }])
      expect(await ids({ surname: 'Qadhafi' }, 10, { past: true })).toContain('c4')
      expect(await ids({ surname: 'Bergkamp' }, 10, { past: true })).toContain('c4')
      expect(await ids({ surname: 'Gaddafi' })).not.toContain('c4')
      expect(await exact(['gaddafi'])).toEqual([])
      expect((await index.tokens()).count('gaddafi')).toBe(0)
    })

    test('finds who is off the list by what they were, when that is asked for', async () => {
      const was = { surname: 'Gaddafi', given_name: 'Yusuf', dob: '1950-03-02' }
      await put('c4', 2, null, [was])
      const [found] = await index.candidates([example({ surname: 'Gadafi' })], 10, { past: true })
      expect(found).toContainEqual({ id: 'c4', person: null, past: [person(was)] })
      expect(await ids({ dob: '1950-03-02' }, 10, { past: true, type: 'PERSON' })).toContain('c4')
      expect(await ids({ dob: '1950-03-02' }, 10, { past: true, type: 'INSTITUTION' })).toEqual([])
      expect(await ids({ dob: '1950-03-02' })).toEqual([])
    })

    test('keeps to a type', async () => {
      expect(await ids({ text: 'harbour trust lindqvist' }, 10, { type: 'INSTITUTION' })).toEqual(['c6'])
      expect(await exact(['harbour'], 10, undefined, 'PERSON')).toEqual([])
    })

    test('takes a newer version in place of the older', async () => {
      await put('c4', 2, { surname: 'Bergkamp' })
      expect(await ids({ surname: 'Bergkamp' })).toContain('c4')
      expect(await exact(['gaddafi'])).toEqual([])
    })

    test('is not changed by an older version', async () => {
      await put('c4', 3, { surname: 'Bergkamp' })
      await put('c4', 2, { surname: 'Gaddafi' })
      expect(await exact(['bergkamp'])).toEqual(['c4'])
      expect(await exact(['gaddafi'])).toEqual([])
    })

    test('takes the same entry any number of times', async () => {
      await put('c4', 1, { surname: 'Gaddafi', given_name: 'Yusuf' })
      expect(await exact(['gaddafi'])).toEqual(['c4'])
      expect((await index.tokens()).count('gaddafi')).toBe(1)
    })

    test('forgets who is off the list, and an older version does not bring them back', async () => {
      await put('c4', 5, null)
      await put('c4', 4, { surname: 'Gaddafi' })
      expect(await ids({ surname: 'Gaddafi' })).not.toContain('c4')
      expect(await exact(['gaddafi'])).toEqual([])
      await put('c4', 6, { surname: 'Gaddafi' })
      expect(await exact(['gaddafi'])).toEqual(['c4'])
    })

    test('keeps the mark of one who was never there', async () => {
      await put('c9', 2, null)
      await put('c9', 1, { surname: 'Zanzibar' })
      expect(await exact(['zanzibar'])).toEqual([])
    })

    test('finds exactly those in whom every word occurs', async () => {
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

    test('pages through exact finds by id', async () => {
      expect(await exact(['lindqvist'], 1)).toEqual(['c1'])
      expect(await exact(['lindqvist'], 1, 'c1')).toEqual(['c2'])
      expect(await exact(['lindqvist'], 1, 'c2')).toEqual([])
    })

    test('counts the customers who bear a name', async () => {
      const tokens = await index.tokens()
      expect([tokens.count('lindqvist'), tokens.count('marta'), tokens.count('nobody')]).toEqual([2, 1, 0])
      expect(tokens.total()).toBe(LISTED.length)
      await put('c2', 2, null)
      const after = await index.tokens()
      expect([after.count('lindqvist'), after.total()]).toEqual([1, LISTED.length - 1])
    })

    test.each(PLAIN)('takes %s for plain text', async (_what, text) => {
      const from = performance.now()
      await expect(index.candidates([parseQueryText(text)], 10)).resolves.toEqual(expect.any(Array))
      await expect(
        index.candidates([example({ text, surname: text, dob: text, document_number: text })], 10),
      ).resolves.toEqual(expect.any(Array))
      await expect(index.exact([text], 10)).resolves.toEqual(expect.any(Array))
      expect(performance.now() - from).toBeLessThan(250)
    })
  })
}

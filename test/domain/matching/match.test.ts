import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Person } from '#contract/schemas/search.ts'
import { DEFAULT_THRESHOLD, match, matchNames, PAIR_THRESHOLD } from '#domain/matching/match.ts'
import { NO_COUNTS } from '#domain/matching/token-weight.ts'
import { example, person } from './people.ts'

const scorePair = matchNames

const ALIKE: [why: string, string, string][] = [
  ['words in another order', 'Marta Lindqvist', 'LINDQVIST, Marta'],
  ['a letter dropped', 'Marta Lindqist', 'Marta Lindqvist'],
  ['neighbouring letters swapped', 'Marta Lindvqist', 'Marta Lindqvist'],
  ['a word pulled apart', 'Marta Lind qvist', 'Marta Lindqvist'],
  ['words run together', 'MartaLindqvist', 'Marta Lindqvist'],
  ['an initial', 'M. Lindqvist', 'Marta Lindqvist'],
  ['initials run together', 'JP Lindqvist', 'Jean-Paul Lindqvist'],
  ['a short form', 'Bill Lindqvist', 'William Lindqvist'],
  ['a title', 'Dr Marta Lindqvist', 'Marta Lindqvist'],
  ['an additional middle name', 'Marta Elisabeth Lindqvist', 'Marta Lindqvist'],
  ['an additional patronymic', 'Pavel Konstantinovich Gorelov', 'Pavel Gorelov'],
  ['a particle left out', 'Ruud Hoeven', 'Ruud van der Hoeven'],
  ['a particle run together', 'Omar Alfarsi', 'Omar al-Farsi'],
  ['another transliteration', 'Kaddour Gemmaz', 'Qaddour Gemaz'],
  ['spelt as it sounds', 'Filip Shtainer', 'Philipp Steiner'],
]

const DIFFERENT: [why: string, string, string][] = [
  ['another given name', 'Marta Lindqvist', 'Roger Lindqvist'],
  ['another surname', 'Marta Lindqvist', 'Marta Bergkamp'],
  ['another initial', 'R. Lindqvist', 'Marta Lindqvist'],
  ['only initials', 'M. L.', 'Marta Lindqvist'],
  ['another patronymic', 'Pavel Konstantinovich Gorelov', 'Pavel Magomedovich Gorelov'],
  ['nothing in common', 'Marta Lindqvist', 'Chidi Okonkwo'],
]

describe('names', () => {
  test.each(ALIKE)('match despite %s: %s, %s', (_why, a, b) => {
    expect(scorePair(a, b)).toBeGreaterThanOrEqual(PAIR_THRESHOLD)
    expect(scorePair(b, a)).toBeGreaterThanOrEqual(PAIR_THRESHOLD)
  })

  test.each(DIFFERENT)('do not match with %s: %s, %s', (_why, a, b) => {
    expect(scorePair(a, b)).toBeLessThan(PAIR_THRESHOLD)
    expect(scorePair(b, a)).toBeLessThan(PAIR_THRESHOLD)
  })

  test('score higher when they are rare', () => {
    expect(scorePair('Quillfeather', 'Quillfeather')).toBeGreaterThan(scorePair('Smith', 'Smith'))
  })

  test('score lower the more customers have them', () => {
    const common = { count: () => 400, total: () => 10_000 }
    const rare = { count: () => 1, total: () => 10_000 }
    const [query, customer] = [example({ surname: 'Lindqvist' }), person({ surname: 'Lindqvist' })]
    expect(match(query, customer, rare).score).toBeGreaterThan(match(query, customer, common).score)
  })
})

const query = example({ surname: 'Lindqvist', given_name: 'Marta', dob: '1961-04-12', document_number: 'AB1234567' })
const customer = person({ surname: 'Lindqvist', given_name: 'Marta', dob: '1961-04-12', document_number: 'AB1234567' })
const score = (overrides: Parameters<typeof person>[0]) => match(query, { ...customer, ...overrides }, NO_COUNTS).score

describe('match', () => {
  test('is certain when every field agrees', () => {
    expect(match(query, customer, NO_COUNTS)).toMatchObject({ grade: 'certain' })
  })

  test('finds a surname and a given name that are swapped', () => {
    expect(score({ surname: 'Marta', given_name: 'Lindqvist' })).toBeGreaterThan(0.9)
  })

  test('ranks dates of birth by their similarity', () => {
    const without = { ...query, document_number: null }
    const dobs = ['1961-04-12', '1961-12-04', '1961-04-13', '1961-04-29', '1934-10-30']
    const scores = dobs.map(dob => match(without, { ...customer, dob }, NO_COUNTS).score)
    expect(scores).toEqual([...scores].sort((a, b) => b - a))
    expect(new Set(scores).size).toBe(dobs.length)
  })

  test('is at most possible for a long and rare name with another date of birth', () => {
    const long = { surname: 'Wolkenstein Trostburg Rodenegg Zellerndorf', given_name: 'Leopoldine Kunigunde' }
    const grade = (overrides: Partial<Person>) =>
      match(example({ ...long, dob: '1967-09-24' }), person({ ...long, ...overrides }), NO_COUNTS).grade
    expect(grade({ dob: '1967-09-24' })).toBe('certain')
    expect(grade({ dob: '1948-02-09' })).toBe('possible')
    expect(grade({ dob: '1948-02-09', given_name: 'Balduin' })).toBeNull()
  })

  test('scores a partial date by the parts it has', () => {
    expect(score({ dob: '1961' })).toBeGreaterThan(DEFAULT_THRESHOLD)
    expect(score({ dob: '1961-04' })).toBeGreaterThan(score({ dob: '1958-04' }))
  })

  test('ignores a missing field', () => {
    const names = match(example({ surname: 'Lindqvist', given_name: 'Marta' }), customer, NO_COUNTS)
    const missing = match({ ...query, document_number: null }, { ...customer, dob: null }, NO_COUNTS)
    expect(missing.score).toBe(names.score)
    expect(missing.reasons.map(({ field }) => field)).not.toContain('dob')
  })

  test('scores a document number with a typo high, and a different one low', () => {
    const scores = ['AB1234567', 'AB1234576', 'XK9990001'].map(
      document_number => match({ ...query, dob: null }, { ...customer, document_number }, NO_COUNTS).score,
    )
    expect(scores).toEqual([...scores].sort((a, b) => b - a))
    expect(scores[1]).toBeGreaterThan(0.95)
  })

  test('compares the details that both have', () => {
    const query = example({ surname: 'Lindqvist', details: { city: 'Malmö' } })
    const reasons = (city: string) =>
      match(query, person({ surname: 'Lindqvist', details: { city } }), NO_COUNTS).reasons
    expect(reasons('MALMO')).toContainEqual(expect.objectContaining({ field: 'details.city', comparison: 'exact' }))
    expect(reasons('Oslo')).toContainEqual(expect.objectContaining({ field: 'details.city', comparison: 'different' }))
  })

  test('returns readable reasons', () => {
    const { reasons } = match({ ...query, surname: 'Lindqist' }, { ...customer, dob: '1961-12-04' }, NO_COUNTS)
    expect(reasons).toEqual([
      expect.objectContaining({ field: 'name', query: 'marta', customer: 'marta', comparison: 'exact', similarity: 1 }),
      expect.objectContaining({ field: 'name', query: 'lindqist', customer: 'lindqvist', comparison: 'spelling' }),
      expect.objectContaining({ field: 'dob', comparison: 'day and month swapped' }),
      expect.objectContaining({ field: 'document_number', comparison: 'exact', similarity: 1 }),
    ])
  })

  test.each(['', ' ', '*:*', '😀', '\u200b', '{"script":"x"}'])('of %j and any customer has a valid score', text => {
    const { score, reasons } = match(example({ text }), customer, NO_COUNTS)
    expect(score).toBeLessThan(DEFAULT_THRESHOLD)
    expect(reasons).toEqual(expect.any(Array))
  })

  test.each([
    ['ten thousand letters', 'a', 'b', 10_000],
    ['five thousand words', 'ab ', 'ba ', 5000],
  ])('of %s compares no more than the first of them', (_, asked, stored, count) => {
    const scoreOf = (times: number) =>
      match(example({ text: asked.repeat(times) }), person({ surname: stored.repeat(times) }), NO_COUNTS).score
    expect(scoreOf(count)).toBe(scoreOf(count / 10))
  })
})

const name = fc
  .array(fc.stringMatching(/^[A-Za-zéñü]{1,9}$/), { minLength: 1, maxLength: 4 })
  .map(words => words.join(' '))
const text = fc.oneof(name, fc.string({ unit: 'binary', maxLength: 30 }))

describe('the score', () => {
  test('is between 0 and 1 for any input', () => {
    const field = fc.option(text)
    const fields = fc.record({
      surname: field,
      given_name: field,
      dob: fc.option(fc.constantFrom('1961', '1961-04', '1961-04-12', 'x')),
      document_number: field,
    })
    fc.assert(
      fc.property(fields, fields, (a, b) => {
        const { score } = match(example(a), person(b), NO_COUNTS)
        return score >= 0 && score <= 1
      }),
    )
  })

  test('does not depend on the order of the words', () => {
    fc.assert(
      fc.property(name, name, (a, b) => {
        const reversed = a.split(' ').reverse().join(' ')
        expect(scorePair(reversed, a)).toBeGreaterThan(0)
        expect(Math.abs(scorePair(`${a}`, a) - scorePair(reversed, a))).toBeLessThan(1e-9)
        return scorePair(a, b) >= 0
      }),
    )
  })

  test.each(['e', 'y'])('is higher for the particle %s in both names than for an initial that it may be', particle => {
    for (const longer of ['ex', 'en', 'yves', 'estelle'].filter(word => word.startsWith(particle)))
      expect(scorePair(particle, particle)).toBeGreaterThanOrEqual(scorePair(particle, longer))
  })

  test('is highest for the same name', () => {
    fc.assert(fc.property(name, name, (a, b) => scorePair(a, a) >= scorePair(a, b) - 1e-9))
  })
})

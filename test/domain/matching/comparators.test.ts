import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { compareDates, readDate } from '#domain/matching/compare-dob.ts'
import { compareTypedWord, compareWords } from '#domain/matching/compare-token.ts'
import { compareDocuments } from '#domain/matching/document.ts'
import { editDistance, editSimilarity, maxEditSimilarity } from '#domain/matching/edit-distance.ts'
import { toNameToken } from '#domain/matching/name-token.ts'
import { maxSoundSimilarity, skeleton, soundCode, soundSimilarity, sounds } from '#domain/matching/phonetics.ts'

/** Optimal string alignment distance, as in its recursive definition. */
function referenceDistance(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length
  const [restA, restB] = [a.slice(1), b.slice(1)]
  if (a[0] === b[0]) return referenceDistance(restA, restB)
  const swapped =
    a[0] === b[1] && a[1] === b[0] && a.length > 1 && b.length > 1
      ? 1 + referenceDistance(a.slice(2), b.slice(2))
      : Infinity
  return Math.min(
    1 + referenceDistance(restA, b),
    1 + referenceDistance(a, restB),
    1 + referenceDistance(restA, restB),
    swapped,
  )
}

describe('editDistance', () => {
  test('follows its definition', () => {
    const words = fc.stringMatching(/^[a-d]{0,6}$/)
    fc.assert(
      fc.property(words, words, (a, b) => editDistance(a, b) === referenceDistance(a, b)),
      { numRuns: 500 },
    )
  })
})

const anyWord = fc.stringMatching(/^[a-z]{1,60}$/)
/** Words that have much in common. */
const similarWords = fc
  .tuple(
    fc.stringMatching(/^[aeioukhsc]{0,4}$/),
    fc.stringMatching(/^[a-z]{1,30}$/),
    fc.stringMatching(/^[aeiouyh]{0,12}$/),
  )
  .map(([start, middle, end]): [string, string] => [middle, start + middle + end])
const pairsOfWords = fc.oneof(fc.tuple(anyWord, anyWord), similarWords)

describe('the greatest similarity by length', () => {
  test('is not exceeded in spelling', () => {
    fc.assert(
      fc.property(pairsOfWords, ([a, b]) => {
        expect(editSimilarity(a, b)).toBeLessThanOrEqual(maxEditSimilarity(a.length, b.length))
      }),
    )
  })

  test('is not exceeded in sound', () => {
    fc.assert(
      fc.property(pairsOfWords, ([first, second]) => {
        const [a, b] = [sounds(first), sounds(second)]
        expect(soundSimilarity(a, b, false)).toBeLessThanOrEqual(maxSoundSimilarity(a.length, b.length) + 1e-9)
      }),
    )
  })
})

test('a similarity of sounds that is not too low is the same if low ones need not be exact', () => {
  fc.assert(
    fc.property(
      pairsOfWords,
      fc.boolean(),
      fc.double({ min: 0, max: 1, noNaN: true }),
      ([first, second], consonantal, least) => {
        const [a, b] = [sounds(first), sounds(second)]
        const exact = soundSimilarity(a, b, consonantal)
        const similarity = soundSimilarity(a, b, consonantal, least)
        expect([exact, 0]).toContain(similarity)
        if (exact >= least) expect(similarity).toBe(exact)
      },
    ),
  )
})

test('typed text agrees as a word or as a part of one, whichever is more', () => {
  fc.assert(
    fc.property(pairsOfWords, ([a, b]) => {
      const [typed, word] = [toNameToken(a, 'latin'), toNameToken(b, 'latin')]
      const whole = compareWords(typed, word).similarity
      const begins = a.length >= 2 && b.startsWith(a) ? 0.87 + (0.11 * a.length) / b.length : 0
      const isWithin = a.length >= 3 && b.includes(a) ? 0.86 : 0
      const { similarity } = compareTypedWord(typed, word)
      if (begins > 0 || isWithin > 0) expect(similarity).toBe(Math.max(whole, begins === 0 ? isWithin : begins))
      else expect(similarity).toBeGreaterThanOrEqual(whole)
    }),
  )
})

describe('sounds', () => {
  test.each([
    ['philipp', 'filip'],
    ['shukri', 'choukri'],
    ['qaddafi', 'gaddafi'],
    ['wladimir', 'vladimir'],
    ['hsi', 'xi'],
    ['jamal', 'dzhamal'],
    ['meyer', 'maier'],
    ['khalid', 'halid'],
  ])('%s sounds like %s', (a, b) => {
    expect(soundSimilarity(sounds(a), sounds(b), false)).toBeGreaterThan(0.7)
  })

  test.each([
    ['hossein', 'hsyn'],
    ['mousavi', 'mwswy'],
    ['yosef', 'yvsf'],
    ['somchai', 'smchay'],
  ])('%s sounds like %s, which is written without vowels', (a, b) => {
    expect(soundSimilarity(sounds(a), sounds(b), true)).toBeGreaterThan(0.8)
  })

  test('of one name have the same code in every transliteration', () => {
    expect(soundCode(sounds('qaddafi'))).toBe(soundCode(sounds('gaddafy')))
    expect(skeleton(sounds('mousavi'))).toBe(skeleton(sounds('mwswy')))
  })
})

describe('compareWords', () => {
  test('is symmetric', () => {
    const word = fc.stringMatching(/^[a-z]{1,10}$/).map(text => toNameToken(text, 'latin'))
    fc.assert(fc.property(word, word, (a, b) => compareWords(a, b).similarity === compareWords(b, a).similarity))
  })
})

describe('dates of birth', () => {
  const compare = (a: string, b: string) => {
    const [x, y] = [readDate(a), readDate(b)]
    if (x === null || y === null) throw new Error('no date')
    expect(compareDates(x, y)).toEqual(compareDates(y, x))
    return compareDates(x, y).comparison
  }

  test.each([
    ['1985-04-12', '1985-04-12', 'exact'],
    ['1985-04-12', '1985-12-04', 'day and month swapped'],
    ['1985-04-12', '1985-04-13', 'one digit off'],
    ['1985-04-12', '1958-04-12', 'one digit off'],
    ['1985-04-12', '1985-04-29', 'one of day, month and year off'],
    ['1985-04-12', '1962-04-12', 'one of day, month and year off'],
    ['1990-01-01', '1989-12-31', 'a day or two apart'],
    ['1990-03-01', '1990-02-28', 'a day or two apart'],
    ['1992-03-01', '1992-02-28', 'a day or two apart'],
    ['1990-05-10', '1990-05-09', 'a day or two apart'],
    ['2000-10-01', '2000-09-30', 'a day or two apart'],
    ['1971-01-01', '1970-12-30', 'a day or two apart'],
    ['1990-01-01', '1988-12-31', 'different'],
    ['1990-03-05', '1990-02-28', 'different'],
    ['1985-04-12', '1985-04', 'year and month'],
    ['1985-04-12', '1985', 'year alone'],
    ['1985-04-12', '1986', 'a year apart'],
    ['1985-04-12', '1930-10-30', 'different'],
    ['1985', '1930', 'different'],
    ['1985~', '1985-04-12', 'about that year'],
    ['1985~', '1987', 'about that year'],
    ['1985-04~', '1983-12-31', 'about that year'],
    ['1985~', '1988', 'different'],
    ['1985~', '1982-12-31', 'different'],
  ])('%s and %s: %s', (a, b, comparison) => {
    expect(compare(a, b)).toBe(comparison)
  })

  test.each(['', 'x', '12.04.1985', '1985-4-12'])('%j is not a date', text => {
    expect(readDate(text)).toBeNull()
  })
})

describe('document numbers', () => {
  test.each([
    ['ab1234567', 'ab1234567', 'exact'],
    ['ab1234567', 'ab1234657', 'one character off'],
    ['ab1234567', 'ab123457', 'one character off'],
    ['ab1234567', '1234567', 'two characters off'],
    ['ab1234567', '34567', 'a part'],
    ['ab1234567', 'zz7654321', 'different'],
    ['123', '124', 'different'],
  ])('%s and %s: %s', (a, b, comparison) => {
    expect(compareDocuments(a, b).comparison).toBe(comparison)
    expect(compareDocuments(b, a).comparison).toBe(comparison)
  })
})

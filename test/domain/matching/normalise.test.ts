import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { documentKey, nameKey } from '#domain/matching/exact-keys.ts'
import { normalise, words } from '#domain/matching/normalise.ts'

const FORMS: [what: string, text: string, normal: string][] = [
  ['case and spaces', '  JOHN   smith ', 'john smith'],
  ['accents', 'Şükrü İnönü, Łukasz Đorđević', 'sukru inonu lukasz dordevic'],
  ['decomposed accents', 'Jose\u0301', 'jose'],
  ['apostrophes', "O’Brien d'Arc Mu'ammar", 'obrien darc muammar'],
  ['hyphens and dots', 'J.-C. Smith-Jones', 'j c smith jones'],
  ['titles', 'Dr. Mrs. Jane Roe', 'jane roe'],
  ['a title without a name', 'Mr', 'mr'],
  ['full-width letters', 'Ｊｏｈｎ', 'john'],
  ['zero-width characters', 'J\u200bo\u2060h\u200dn\ufeff', 'john'],
  ['Cyrillic look-alikes in a Latin word', 'Jоhn Smіth', 'john smith'],
  ['Greek look-alikes in a Latin word', 'Jοhn', 'john'],
  ['Cyrillic', 'Юлия Щербакова', 'yuliya shcherbakova'],
  ['Greek', 'Γιώργος', 'giorgos'],
  ['Han, family name first', '王小明', 'wang xiaoming'],
  ['Japanese readings', '田中 直樹', 'tanaka naoki'],
  ['Hangul, family name first', '김영수', 'gim yeongsu'],
  ['Devanagari with its unwritten vowels', 'शर्मा', 'sharma'],
  ['Arabic letters', 'كريم', 'krym'],
  ['equivalent Persian letters', 'کریم', 'krym'],
  ['emoji', '😀 Ann 🎉', 'ann'],
  ['only punctuation', '*:* (){}[]"', ''],
  ['an empty text', '', ''],
]

describe('normalise', () => {
  test.each(FORMS)('normalises %s', (_what, text, normal) => {
    expect(normalise(text)).toBe(normal)
  })

  test('is idempotent', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), text => normalise(normalise(text)) === normalise(text)),
    )
  })

  test('returns only lower-case letters, digits and single spaces', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), text =>
        /^([a-z0-9]+( [a-z0-9]+)*)?$/.test(normalise(text)),
      ),
    )
  })

  test('returns one entry per word of the normalised text', () => {
    expect(words('Anna-Maria von Berg')).toEqual(['anna', 'maria', 'von', 'berg'])
  })
})

describe('nameKey', () => {
  test('does not depend on the order of names or on their fields', () => {
    const key = nameKey({ surname: 'García Márquez', given_name: 'Ana' })
    expect(nameKey({ surname: 'ANA', given_name: 'Marquez Garcia' })).toBe(key)
    expect(key).toBe('ana garcia marquez')
  })

  test('is null without a name', () => {
    expect(nameKey({ surname: null, given_name: '…' })).toBeNull()
  })
})

describe('documentKey', () => {
  test.each([
    ['AB 123-456', 'ab123456'],
    ['ab123456', 'ab123456'],
    ['MS 77', 'ms77'],
    // Greek and Cyrillic letters that look like the Latin ones, in either case.
    ['ΑΒ 123456', 'ab123456'],
    ['αβ 123456', 'ab123456'],
    ['МР 998877', 'mp998877'],
    ['АВ123456', 'ab123456'],
    ['ΧΥΖ-7', 'xyz7'],
    ['ТЕСНО 5', 'techo5'],
    ['ＡＢ １２３', 'ab123'],
  ])('of %s is %s', (text, key) => {
    expect(documentKey(text)).toBe(key)
  })

  test('is null without a number', () => {
    expect(documentKey(null)).toBeNull()
    expect(documentKey(' - ')).toBeNull()
  })
})

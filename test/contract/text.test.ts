import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { detailValue } from '#contract/schemas/search.ts'
import { singleLineText } from '#contract/schemas/text.ts'
import { parseOrUndefined } from './parse.ts'

const name = singleLineText(20)
const toCodePoints = (text: string) =>
  [...text].map(character => `U+${(character.codePointAt(0) ?? 0).toString(16)}`).join(' ')

describe('single-line text', () => {
  test.each([
    ['Ann', 'Ann'],
    ['  Ann   Lee ', 'Ann Lee'],
    ['Ann\u00a0Lee', 'Ann Lee'],
    ['Ann\u3000Lee', 'Ann Lee'],
    ['Jose\u0301', 'José'],
    ["O'Brien-Łuszcz, Jr.", "O'Brien-Łuszcz, Jr."],
    ['می\u200cخواهم', 'می\u200cخواهم'],
    ['क्\u200dष', 'क्\u200dष'],
    ['田中 直樹', '田中 直樹'],
    ['\u200eAnn Lee\u200f', 'Ann Lee'],
    ['Ann\tLee', 'Ann Lee'],
    ['Ann\t', 'Ann'],
    ['An\u200bn Lee', 'Ann Lee'],
    ['\ufeffAnn', 'Ann'],
    ['Ann\u00adLee', 'AnnLee'],
    ['\u2067Ann\u2069', 'Ann'],
    ['\u202aAnn\u202c', 'Ann'],
    ['\u061cAnn', 'Ann'],
    ['Ann\u2060Lee', 'AnnLee'],
    ['𠮷野', '𠮷野'],
    ['__proto__', '__proto__'],
    ['a'.repeat(20), 'a'.repeat(20)],
  ])('%j is read as %j', (text, expected) => {
    expect(parseOrUndefined(name, text)).toBe(expected)
  })

  test.each(
    [
      '\u0000',
      '\u0007',
      '\n',
      '\r',
      '\u001b',
      '\u007f',
      '\u0085',
      '\u009f',
      '\u180e',
      '\u2028',
      '\u2029',
      '\u202d',
      '\u202e',
      '\ufff9',
      '\ufffb',
      '\u{e0001}',
      '\u{e0041}',
      '\ue000',
      '\uffff',
      '\ud800',
      '\udc00',
    ].map(character => [toCodePoints(character), character]),
  )('containing %s is refused', (_code, character) => {
    expect(parseOrUndefined(name, `Ann${character}Lee`)).toBeUndefined()
    expect(parseOrUndefined(name, `${character}Ann`)).toBeUndefined()
    expect(parseOrUndefined(name, `Ann${character}`)).toBeUndefined()
  })

  test.each(['', ' ', '\u00a0 ', 'a'.repeat(21), '\u200d', '\u200c \u200d', '\u200e', '\t\u00ad'])(
    '%j is refused',
    text => {
      expect(parseOrUndefined(name, text)).toBeUndefined()
    },
  )

  test('that was accepted is accepted again unchanged', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), text => {
        const parsed = parseOrUndefined(name, text)
        if (parsed === undefined) return
        expect(parseOrUndefined(singleLineText(60), parsed)).toBe(parsed)
        expect(parsed).toBe(parsed.normalize('NFC').trim())
      }),
      { numRuns: 500 },
    )
  })
})

describe('a detail value', () => {
  test.each<[unknown, unknown]>([
    ['text', 'text'],
    [' text  here ', 'text here'],
    [1.5, 1.5],
    [0, 0],
    [-Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER],
    [-1e-100, -1e-100],
    [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
    [true, true],
    [false, false],
  ])('%j is accepted', (value, expected) => {
    expect(parseOrUndefined(detailValue, value)).toBe(expected)
  })

  test('reads negative zero as zero', () => {
    expect(Object.is(parseOrUndefined(detailValue, JSON.parse('-0')), 0)).toBe(true)
  })

  test.each<[string, unknown]>([
    ['1e309 in JSON', JSON.parse('1e309')],
    ['NaN', Number.NaN],
    ['infinity', Number.NEGATIVE_INFINITY],
    ['an integer beyond exact precision', 2 ** 53],
    ['a negative integer beyond exact precision', -(2 ** 53)],
    ['a number too large for the table', 1e101],
    ['a number too small for the table', 5e-324],
    ['an empty text', ''],
    ['a text of spaces', '   '],
    ['a text with a control character', 'a\u0000b'],
    ['a text over a thousand characters', 'a'.repeat(1001)],
    ['a list', ['a']],
    ['an object', { a: 1 }],
    ['a big integer', 1n],
    ['null, which only clears', null],
  ])('%s is refused', (_name, value) => {
    expect(parseOrUndefined(detailValue, value)).toBeUndefined()
  })
})

import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { detailValue } from '#contract/schemas/search.ts'
import { singleLineText } from '#contract/schemas/text.ts'
import { taken } from './faults-of.ts'

const name = singleLineText(20)
const code = (text: string) => [...text].map(one => `U+${(one.codePointAt(0) ?? 0).toString(16)}`).join(' ')

describe('a line of text', () => {
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
    ['𠮷野', '𠮷野'],
    ['__proto__', '__proto__'],
    ['a'.repeat(20), 'a'.repeat(20)],
  ])('%j is taken as %j', (text, expected) => {
    expect(taken(name, text)).toBe(expected)
  })

  test.each(
    [
      '\u0000',
      '\u0007',
      '\t',
      '\n',
      '\r',
      '\u001b',
      '\u007f',
      '\u0085',
      '\u009f',
      '\u00ad',
      '\u061c',
      '\u180e',
      '\u200b',
      '\u200e',
      '\u200f',
      '\u2028',
      '\u2029',
      '\u202a',
      '\u202b',
      '\u202c',
      '\u202d',
      '\u202e',
      '\u2060',
      '\u2066',
      '\u2067',
      '\u2068',
      '\u2069',
      '\ufeff',
      '\ufff9',
      '\ufffb',
      '\u{e0001}',
      '\u{e0041}',
      '\ue000',
      '\uffff',
      '\ud800',
      '\udc00',
    ].map(sign => [code(sign), sign]),
  )('with %s in it is refused', (_code, sign) => {
    expect(taken(name, `Ann${sign}Lee`)).toBeUndefined()
    expect(taken(name, `${sign}Ann`)).toBeUndefined()
    expect(taken(name, `Ann${sign}`)).toBeUndefined()
  })

  test.each(['', ' ', '\u00a0 ', 'a'.repeat(21), '\u200d', '\u200c \u200d'])('%j is refused', text => {
    expect(taken(name, text)).toBeUndefined()
  })

  test('that was taken is taken again as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), text => {
        const once = taken(name, text)
        if (once === undefined) return
        expect(taken(singleLineText(60), once)).toBe(once)
        expect(once).toBe(once.normalize('NFC').trim())
      }),
      { numRuns: 500 },
    )
  })
})

describe('a value of a detail', () => {
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
  ])('%j is taken', (value, expected) => {
    expect(taken(detailValue, value)).toBe(expected)
  })

  test('a negative zero is zero', () => {
    expect(Object.is(taken(detailValue, JSON.parse('-0')), 0)).toBe(true)
  })

  test.each<[string, unknown]>([
    ['1e309 in JSON', JSON.parse('1e309')],
    ['a number that is none', Number.NaN],
    ['infinity', Number.NEGATIVE_INFINITY],
    ['a number whose last digits are lost', 2 ** 53],
    ['one below zero', -(2 ** 53)],
    ['a number that no table keeps', 1e101],
    ['a number too near to zero', 5e-324],
    ['an empty text', ''],
    ['a text of blanks', '   '],
    ['a text with a control character', 'a\u0000b'],
    ['a text over a thousand characters', 'a'.repeat(1001)],
    ['a list', ['a']],
    ['an object', { a: 1 }],
    ['a big integer', 1n],
    ['null, which only clears', null],
  ])('%s is refused', (_name, value) => {
    expect(taken(detailValue, value)).toBeUndefined()
  })
})

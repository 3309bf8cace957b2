import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { matches, patternFault } from '#domain/fields/pattern.ts'

describe('a pattern', () => {
  test.each([
    '[A-Z]{2}\\d{6}',
    '^\\d+$',
    '(foo|bar)?x',
    '(\\d{1,3}\\.){3}\\d{1,3}',
    '((a{2}){3})+',
    '\\p{L}+( \\p{L}+)?',
    '\\(+\\)+',
    '[(+)]+',
    '[]a+]+',
    '[[:alpha:]+]+',
    '\\Q(a+)+\\E',
    '(?i)abc+',
    'x{0,95}',
    '[A-Z]{2}\\d{2}[A-Z0-9]{11,30}',
    '[\\w.+-]+@[\\w-]+\\.[a-z]{2,9}',
  ])('such as %s is accepted', pattern => {
    expect(patternFault(pattern)).toBeNull()
  })

  test.each([
    '(a+)+$',
    '(?:a+)+',
    '(?i:a+)+',
    '(?P<n>a+)+',
    '([a-z]+)*',
    '(a*)*',
    '(a|a)*b',
    '(a|b|ab)*c',
    '(a?){30}',
    '(a{1,10}){10}',
    '(.*a){20}',
    '((a+)b?){2,}',
    '(([a-z])+.)+[A-Z]([a-z])+$',
  ])('such as %s is refused because it may backtrack exponentially', pattern => {
    expect(patternFault(pattern)).toContain('several ways')
  })

  test.each([`${'.{0,500}'.repeat(8)}b`, 'x{0,1000}', '(a|b)*a[ab]{90}', '[ab]*a[ab]{100}a'])(
    'such as %s is refused because matching hundreds of values would take too long',
    pattern => {
      expect(patternFault(pattern)).toMatch(/too complex|several ways/)
    },
  )

  test.each<[pattern: string, longest: string]>([
    ['[A-Z]{2}\\d{6}', 'AB123456'],
    ['(foo|barbar)?x', 'barbarx'],
    ['\\Qa+b\\E.', 'a+b😀'],
    ['😀{2}', '😀😀'],
  ])('such as %s matches the longest text that it allows', (pattern, longest) => {
    expect(matches(pattern, longest)).toBe(true)
    expect(matches(pattern, longest.repeat(3))).toBe(false)
  })

  test.each(['(', '[a', 'a**', 'a(?=b)', '(?<!a)b', '(a)\\1', 'a{1001}', '\\'])(
    'such as %s is refused because it is not valid',
    pattern => {
      expect(patternFault(pattern)).toContain('not a valid pattern')
    },
  )

  test('must match the whole value', () => {
    expect(['12', '12a', ' 12', '1\n2'].map(text => matches('\\d+', text))).toEqual([true, false, false, false])
  })

  test('that backtracks exponentially is matched in linear time should it ever be stored', () => {
    // An engine that backtracks would take 2^1000 steps and never return.
    expect(matches('(a+)+$', `${'a'.repeat(1000)}b`)).toBe(false)
  })

  /** Small patterns over an alphabet of two characters. */
  const { pattern } = fc.letrec<{ pattern: string; piece: string }>(tie => ({
    piece: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom('a', 'b', '.', '[ab]'),
      fc.tuple(tie('pattern')).map(([inner]) => `(${inner})`),
    ),
    pattern: fc
      .array(fc.tuple(tie('piece'), fc.constantFrom('', '', '', '*', '+', '?', '{3}', '{0,2}')), {
        minLength: 1,
        maxLength: 3,
      })
      .map(parts => parts.map(part => part.join('')).join('')),
  }))

  /** Matches in a backtracking engine, and measures the processor time of this thread in microseconds: others' work does not count. */
  function backtrack(source: string, text: string): { matched: boolean; cpuMicros: number } {
    const before = process.threadCpuUsage()
    const matched = new RegExp(`^(?:${source})$`).test(text)
    const { user, system } = process.threadCpuUsage(before)
    return { matched, cpuMicros: user + system }
  }

  test('that is accepted matches the same texts in a backtracking engine, without exponential time', () => {
    const exponential = backtrack('(a|a)*', `${'a'.repeat(20)}b`)
    fc.assert(
      fc.property(pattern, fc.stringMatching(/^[ab]{0,20}$/), (source, text) => {
        fc.pre(patternFault(source) === null)
        const { matched, cpuMicros } = backtrack(source, text)
        expect(cpuMicros).toBeLessThan(exponential.cpuMicros)
        expect(matches(source, text)).toBe(matched)
      }),
      { numRuns: 500 },
    )
  })
})

import { describe, expect, test } from '@jest/globals'
import { PROBABLE } from '#domain/matching/calibration.ts'
import { DEFAULT_THRESHOLD, match } from '#domain/matching/match.ts'
import { NO_COUNTS } from '#domain/matching/token-weight.ts'
import { example, person } from './people.ts'

const family = { surname: 'Katzenellenbogen', dob: '2001-07-09' }
const score = (a: Parameters<typeof example>[0], b: Parameters<typeof person>[0]) =>
  match(example(a), person(b), NO_COUNTS).score

describe('people with the same surname and date of birth', () => {
  test.each([
    ['Peter', 'Paul'],
    ['Anna Sofia', 'Clara'],
    ['Fatima', 'Zahra'],
    ['Екатерина', 'Ольга'],
  ])('and the given names %s and %s are possibly the same, but not probably', (givenName, otherGivenName) => {
    const same = score({ ...family, given_name: givenName }, { ...family, given_name: otherGivenName })
    expect(same).toBeLessThan(PROBABLE)
    expect(same).toBeGreaterThanOrEqual(DEFAULT_THRESHOLD)
  })

  test.each([
    ['William', 'Bill'],
    ['Ekaterina', 'Екатерина'],
    ['Anna Sofia', 'Sofia'],
    ['J', 'Jonathan'],
    ['Katharina', 'Katarina'],
  ])('and the given names %s and %s, two forms of one, are probably the same', (givenName, otherGivenName) => {
    expect(
      score({ ...family, given_name: givenName }, { ...family, given_name: otherGivenName }),
    ).toBeGreaterThanOrEqual(PROBABLE)
  })

  test('are probably the same if one has no given name, or if the document number agrees', () => {
    expect(score({ ...family, given_name: 'Peter' }, family)).toBeGreaterThanOrEqual(PROBABLE)
    const number = { document_number: 'AB1234567' }
    const same = score({ ...family, ...number, given_name: 'Peter' }, { ...family, ...number, given_name: 'Paul' })
    expect(same).toBeGreaterThanOrEqual(PROBABLE)
  })

  test('keep the order of their scores', () => {
    const more = score({ ...family, given_name: 'Peter' }, { ...family, given_name: 'Paul' })
    const less = score({ ...family, given_name: 'Peter' }, { ...family, given_name: 'Paul', dob: '2001-07-19' })
    expect(less).toBeLessThan(more)
  })
})

import { describe, expect, test } from '@jest/globals'
import type { Person } from '#contract/schemas/search.ts'
import { compare } from '#domain/duplicates/candidates.ts'
import { NO_COUNTS } from '#domain/matching/token-weight.ts'

const toPerson = (surname: string, given_name: string, dob: string | null = null): Person => ({
  type: 'PERSON',
  surname,
  given_name,
  dob,
  document_number: null,
  details: {},
})

describe('two customers', () => {
  const short = toPerson('Okafor', 'Chidi')
  const long = toPerson('Okaford', 'Chidi Emeka', '1985-04-12')

  test.each([
    ['the one with fewer names first', short, long],
    ['the one with more names first', long, short],
  ])('have reasons with the values of the first as the query: %s', (_, a, b) => {
    const values = ({ surname, given_name }: Person) => `${given_name} ${surname}`.toLowerCase().split(' ')
    const { reasons } = compare(a, b, NO_COUNTS)
    expect(reasons.length).toBeGreaterThan(1)
    for (const { query, customer } of reasons) {
      expect(values(a)).toEqual(expect.arrayContaining(query.split(' ')))
      expect(values(b)).toEqual(expect.arrayContaining(customer.split(' ')))
    }
  })

  test('have the same score in both orders', () => {
    expect(compare(short, long, NO_COUNTS).score).toBe(compare(long, short, NO_COUNTS).score)
  })
})

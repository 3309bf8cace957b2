import { expect, test } from '@jest/globals'
import type { Person, SearchCriteria } from '#contract/schemas/search.ts'
import { recentScorer } from '#domain/duplicates/recent-scores.ts'
import { createScorer } from '#domain/matching/match.ts'
import type { TokenCounts } from '#domain/matching/port.ts'

const example = (surname: string): SearchCriteria => ({
  ...{ text: null, surname, given_name: 'Chidi', dob: '1985-04-12', document_number: null, details: {} },
})
const toPerson = (surname: string): Person => {
  const { text: _, ...person } = example(surname)
  return { ...person, type: 'PERSON' }
}

/** Counts of a list, and how often they were asked for. */
function countedTokens(): TokenCounts & { asked: number } {
  const tokens = {
    asked: 0,
    count: () => {
      tokens.asked += 1
      return 3
    },
    total: () => 1000,
  }
  return tokens
}

test('scores are those of the matcher, and are made once for an example and a customer of an index', () => {
  const tokens = countedTokens()
  const [okafor, okaford] = [toPerson('Okafor'), toPerson('Okaford')]
  const expected = createScorer(example('Okafor'), tokens).score(okaford)
  const asked = tokens.asked
  expect(recentScorer(example('Okafor'), tokens).score(okaford)).toBe(expected)
  const first = tokens.asked - asked
  expect(first).toBeGreaterThan(0)

  expect(recentScorer(example('Okafor'), tokens).score(okaford)).toBe(expected)
  expect(tokens.asked - asked).toBe(first)
  expect(recentScorer(example('Okafor'), tokens).score(okafor)).toBeGreaterThan(expected)
  expect(tokens.asked - asked).toBeGreaterThan(first)
})

test('a changed customer, another example and another index have scores of their own', () => {
  const tokens = countedTokens()
  const customer = toPerson('Okaford')
  const score = recentScorer(example('Okafor'), tokens).score(customer)
  expect(recentScorer(example('Okafor'), tokens).score(toPerson('Lindqvist'))).toBeLessThan(score)
  expect(recentScorer(example('Lindqvist'), tokens).score(customer)).toBeLessThan(score)
  const other = countedTokens()
  expect(recentScorer(example('Okafor'), other).score(customer)).toBe(score)
  expect(other.asked).toBeGreaterThan(0)
})

test('only the latest examples are remembered', () => {
  const tokens = countedTokens()
  const customer = toPerson('Okaford')
  recentScorer(example('Okafor'), tokens).score(customer)
  for (let n = 0; n < 3000; n++) recentScorer(example(`Other ${n}`), tokens)
  const asked = tokens.asked
  recentScorer(example('Okafor'), tokens).score(customer)
  expect(tokens.asked).toBeGreaterThan(asked)
})

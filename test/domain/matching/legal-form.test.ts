import { describe, expect, test } from '@jest/globals'
import { DEFAULT_THRESHOLD, match } from '#domain/matching/match.ts'
import { NO_COUNTS } from '#domain/matching/token-weight.ts'
import { example, person } from './people.ts'

const score = (a: Parameters<typeof example>[0], b: Parameters<typeof person>[0]) =>
  match(example(a), person(b), NO_COUNTS).score

describe('a legal form', () => {
  const namedLikeLegalForm = { surname: 'Sá', given_name: 'Luís' }

  test("counts as a name in a person's name", () => {
    expect(score({ surname: 'Sá' }, namedLikeLegalForm)).toBeGreaterThanOrEqual(DEFAULT_THRESHOLD)
    expect(score({ surname: 'Co', given_name: 'Ana' }, { surname: 'Co', given_name: 'Ana' })).toBeGreaterThanOrEqual(
      0.9,
    )
  })

  test("has nearly no weight in an institution's name", () => {
    const trust = { type: 'INSTITUTION', surname: 'Harbour Light SA' }
    expect(score({ surname: 'SA' }, trust)).toBeLessThan(DEFAULT_THRESHOLD)
    expect(score({ surname: 'Harbour Light' }, trust)).toBeGreaterThanOrEqual(0.9)
    expect(score({ surname: 'Harbour Light Ltd' }, trust)).toBeGreaterThanOrEqual(0.9)
  })
})

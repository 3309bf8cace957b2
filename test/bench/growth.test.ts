import { describe, expect, test } from '@jest/globals'
import { FLAT, toGrowth, toLimit } from './growth.ts'

describe('the growth of processor time with the list', () => {
  test('is that from the first to the last size', () => {
    const sizes = [
      { customers: 1000, ms: { get: 2, fuzzy: 4 } },
      { customers: 10_000, ms: { get: 9, fuzzy: 9 } },
      { customers: 100_000, ms: { get: 2.2, fuzzy: 10 } },
    ]
    expect(toGrowth(sizes)).toEqual([
      { name: 'get', from: 1000, to: 100_000, factor: 1.1, limit: FLAT },
      { name: 'fuzzy', from: 1000, to: 100_000, factor: 2.5, limit: 3 },
    ])
  })

  test('of one size is not known', () => {
    expect(toGrowth([{ customers: 1000, ms: { get: 2 } }])).toEqual([])
  })

  test.each([
    ['get', 10_000, 1_000_000, FLAT],
    ['fuzzy', 10_000, 1_000_000, 3],
    ['prefix', 10_000, 100_000, 1.73],
    ['fuzzy', 10_000, 11_000, FLAT],
  ])('%s may take so many times as long from %d to %d customers: %d', (name, from, to, limit) => {
    expect(toLimit(name, from, to)).toBe(limit)
  })
})

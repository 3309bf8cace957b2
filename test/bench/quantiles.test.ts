import { describe, expect, test } from '@jest/globals'
import { atQuantile, median, summariseTimes } from './quantiles.ts'

describe('the quantiles of measurements', () => {
  const times = Array.from({ length: 200 }, (_, n) => 200 - n)

  test('half of the times are below the median, and 1 % above the 99th percentile', () => {
    expect(summariseTimes(times)).toEqual({ count: 200, p50_ms: 101, p99_ms: 199 })
  })

  test('the last quantile is the greatest value', () => {
    expect(atQuantile([1, 2, 3], 1)).toBe(3)
  })

  test('nothing measured is 0', () => {
    expect(summariseTimes([])).toEqual({ count: 0, p50_ms: 0, p99_ms: 0 })
  })

  test('the median does not depend on the order', () => {
    expect(median([9, 1, 5])).toBe(5)
  })
})

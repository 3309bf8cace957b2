import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { secondsIn, waitBefore } from '#cli/backoff.ts'

describe('the wait before a retry', () => {
  test('grows from 100 ms to 3 s, and is at least half of that', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), attempts => {
        const step = Math.min(3000, 100 * 2 ** (attempts - 1))
        const wait = waitBefore(attempts, null)
        return wait >= step / 2 && wait <= step
      }),
    )
  })

  test('is at least as long as the server asks', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.nat(3600),
        (attempts, seconds) => waitBefore(attempts, seconds) >= seconds * 1000,
      ),
    )
  })
})

test.each([
  [null, null],
  ['7', 7],
  ['Sat, 21 Nov 2026 00:00:30 GMT', 30],
  ['Fri, 20 Nov 2026 00:00:00 GMT', 0],
  ['soon', null],
])('Retry-After %j is %j seconds', (header, seconds) => {
  expect(secondsIn(header, Date.parse('2026-11-21T00:00:00Z'))).toBe(seconds)
})

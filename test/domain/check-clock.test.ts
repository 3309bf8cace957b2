import { expect, test } from '@jest/globals'
import { checkClock } from '#domain/locations/check-clock.ts'
import { timeAt } from '#test/in-memory/context.ts'

const HOUR = 3600
const DAY = 24 * HOUR
const recordedTimes = [
  { what: 'the last seal', at: timeAt(-DAY) },
  { what: 'the last heartbeat of loc1', at: timeAt(0) },
]

test.each([
  [-400 * DAY, '400 days behind'],
  [-HOUR, '60 minutes behind'],
  [-6, '6 seconds behind'],
  [DAY + 1, '24 hours ahead of'],
  [365 * DAY, '365 days ahead of'],
])('a clock that differs by %i s is warned of, with the newest time', (seconds, difference) => {
  expect(checkClock(timeAt(seconds), recordedTimes)).toContain(
    `The clock (${timeAt(seconds)}) is ${difference} the last heartbeat of loc1 (${timeAt(0)})`,
  )
})

test.each([-5, -1, 0, 1, HOUR, DAY])('a clock that differs by %i s is not', seconds => {
  expect(checkClock(timeAt(seconds), recordedTimes)).toBeNull()
})

test('at the first start there is nothing to compare with', () => {
  expect(checkClock(timeAt(0), [])).toBeNull()
})

import { afterEach, expect, test } from '@jest/globals'
import { Loop } from '#local/poller.ts'
import { until } from '../e2e/until.ts'

const LONG_MS = 60_000
let loop: Loop | null = null
afterEach(() => loop?.stop())

const noop = () => undefined
function startLoop(step: () => Promise<number>, onFailure: (error: unknown, failures: number) => void = noop): Loop {
  loop = new Loop(step, onFailure, 100)
  loop.start()
  return loop
}

test('a step with more work is repeated at once, and otherwise after a rest', async () => {
  let steps = 0
  startLoop(async () => (++steps < 5 ? 0 : LONG_MS))
  await until(() => steps === 5, 1000, 'five steps')
})

test('a nudge ends the rest, and a nudge during a step is not lost', async () => {
  let steps = 0
  let finishStep: () => void = noop
  const secondLoop = startLoop(async () => {
    steps += 1
    if (steps === 2)
      await new Promise<void>(resolve => {
        finishStep = resolve
      })
    return LONG_MS
  })
  await until(() => steps === 1, 1000, 'the first step')
  secondLoop.nudge()
  await until(() => steps === 2, 1000, 'the second step')
  secondLoop.nudge()
  finishStep()
  await until(() => steps === 3, 1000, 'the third step')
})

test('nudges do not repeat a step before the minimum interval has passed', async () => {
  const startedAt: number[] = []
  loop = new Loop(
    async () => {
      startedAt.push(performance.now())
      return LONG_MS
    },
    noop,
    100,
    50,
  )
  loop.start()
  await until(
    () => {
      loop?.nudge()
      return startedAt.length === 4
    },
    2000,
    'four steps',
  )
  const intervals = startedAt.slice(1).map((time, n) => time - (startedAt[n] ?? 0))
  for (const interval of intervals) expect(interval).toBeGreaterThan(48)
})

test('stopping does not wait for the minimum interval', async () => {
  let steps = 0
  const step = async () => {
    steps += 1
    return LONG_MS
  }
  loop = new Loop(step, noop, 100, LONG_MS)
  loop.start()
  await until(() => steps === 1, 1000, 'the first step')
  await loop.stop()
  expect(steps).toBe(1)
})

test('a failed step is reported with the number of failures and repeated', async () => {
  const failureCounts: number[] = []
  let steps = 0
  startLoop(
    async () => {
      steps += 1
      if (steps <= 3) throw new Error('not yet')
      return LONG_MS
    },
    (_, failures) => failureCounts.push(failures),
  )
  await until(() => steps === 4, 2000, 'the successful step')
  expect(failureCounts).toEqual([1, 2, 3])
})

test('stopping waits for the current step and starts no other', async () => {
  let steps = 0
  let isOver = false
  let finishStep: () => void = noop
  const loopUnderTest = startLoop(async () => {
    steps += 1
    await new Promise<void>(resolve => {
      finishStep = resolve
    })
    isOver = true
    return 0
  })
  await until(() => steps === 1, 1000, 'the step')
  const stopped = loopUnderTest.stop().then(() => isOver)
  finishStep()
  expect(await stopped).toBe(true)
  expect(steps).toBe(1)
})

import { afterEach, expect, test } from '@jest/globals'
import { Loop } from '#local/poller.ts'
import { until } from '../e2e/until.ts'

const LONG_MS = 60_000
let loop: Loop | null = null
afterEach(() => loop?.stop())

const nothing = () => undefined
function started(step: () => Promise<number>, failed: (error: unknown, failures: number) => void = nothing): Loop {
  loop = new Loop(step, failed, 100)
  loop.start()
  return loop
}

test('a step that has more to do is done again at once, and one that has not rests', async () => {
  let steps = 0
  started(async () => (++steps < 5 ? 0 : LONG_MS))
  await until(() => steps === 5, 1000, 'five steps')
})

test('a nudge ends the rest, and one in the middle of a step is not lost', async () => {
  let steps = 0
  let go: () => void = nothing
  const one = started(async () => {
    steps += 1
    if (steps === 2)
      await new Promise<void>(resolve => {
        go = resolve
      })
    return LONG_MS
  })
  await until(() => steps === 1, 1000, 'the first step')
  one.nudge()
  await until(() => steps === 2, 1000, 'the second step')
  one.nudge()
  go()
  await until(() => steps === 3, 1000, 'the third step')
})

test('a step that fails is said with how often, and done again', async () => {
  const said: number[] = []
  let steps = 0
  started(
    async () => {
      steps += 1
      if (steps <= 3) throw new Error('not yet')
      return LONG_MS
    },
    (_, failures) => said.push(failures),
  )
  await until(() => steps === 4, 2000, 'the step that does not fail')
  expect(said).toEqual([1, 2, 3])
})

test('stopping waits for the step in hand, and no other follows', async () => {
  let steps = 0
  let isOver = false
  let go: () => void = nothing
  const one = started(async () => {
    steps += 1
    await new Promise<void>(resolve => {
      go = resolve
    })
    isOver = true
    return 0
  })
  await until(() => steps === 1, 1000, 'the step')
  const stopped = one.stop().then(() => isOver)
  go()
  expect(await stopped).toBe(true)
  expect(steps).toBe(1)
})

import { expect, it } from '@jest/globals'
import { TimeSlice, UNDIVIDED } from '#adapters/time-slice.ts'

const busyFor = (ms: number) => {
  const until = performance.now() + ms
  while (performance.now() < until);
}

it('continues at once during a slice, and gives way at its end', async () => {
  let pauses = 0
  const slice = new TimeSlice(30, async () => {
    pauses += 1
  })
  await slice.pauseAtEnd()
  expect(pauses).toBe(1)
  await slice.pauseAtEnd()
  expect(pauses).toBe(1)
  busyFor(31)
  await slice.pauseAtEnd()
  expect(pauses).toBe(2)
})

it('continues one piece of work at a time', async () => {
  const slice = new TimeSlice(5)
  let stretch = 0
  let longest = 0
  const others = setInterval(() => {
    stretch = 0
  }, 0)
  const work = async () => {
    for (let step = 0; step < 3; step++) {
      await slice.pauseAtEnd()
      busyFor(10)
      stretch += 1
      longest = Math.max(longest, stretch)
    }
  }
  await Promise.all([work(), work(), work(), work()])
  clearInterval(others)
  // A timer may run an event loop's turn later than it is due.
  expect(longest).toBeLessThanOrEqual(2)
})

it('never gives way where work is undivided', async () => {
  let turned = false
  setImmediate(() => {
    turned = true
  })
  busyFor(10)
  for (let step = 0; step < 100; step++) await UNDIVIDED.pauseAtEnd()
  expect(turned).toBe(false)
})

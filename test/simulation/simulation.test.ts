import { describe, expect, test } from '@jest/globals'
import { NONE } from './mutant.ts'
import { simulate } from './simulation.ts'

describe('several locations', () => {
  test.each(Array.from({ length: 20 }, (_, n) => n + 1))(
    'hold the same in the end, and nothing is lost: seed %d',
    async seed => {
      expect((await simulate(seed, { locations: 3, ops: 50 })).violation).toBeNull()
    },
  )

  test('one alone, and five, too', async () => {
    for (const locations of [1, 5]) expect((await simulate(1, { locations, ops: 40 })).violation).toBeNull()
  })

  test('do the same again for the same seed, step by step', async () => {
    const [once, again] = [await play(3), await play(3)]
    expect(again).toEqual(once)
    expect((await play(4)).trace).not.toEqual(once.trace)
  })

  const play = (seed: number) => simulate(seed, { locations: 3, ops: 30, mutant: NONE, verbose: true })
})

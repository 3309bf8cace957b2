import { describe, expect, test } from '@jest/globals'
import { NO_MUTANT } from './mutant.ts'
import { simulate } from './simulation.ts'

describe('several locations', () => {
  test.each(Array.from({ length: 20 }, (_, n) => n + 1))('converge without losing a version: seed %d', async seed => {
    expect((await simulate(seed, { locations: 3, ops: 50 })).violation).toBeNull()
  })

  test('converge with one location and with five', async () => {
    for (const locations of [1, 5]) expect((await simulate(1, { locations, ops: 40 })).violation).toBeNull()
  })

  test('keep everybody whom a cancellation took back before any phase of a purge, at every location', async () => {
    const takenBack = { mark: 0, sweep: 0 }
    for (let seed = 1; seed <= 45; seed++) {
      const outcome = await simulate(seed, { locations: 3, ops: 120, purges: true })
      expect({ seed, violation: outcome.violation }).toEqual({ seed, violation: null })
      takenBack.mark += outcome.takenBack.mark
      takenBack.sweep += outcome.takenBack.sweep
    }
    expect(takenBack.mark).toBeGreaterThan(5)
    expect(takenBack.sweep).toBeGreaterThan(2)
  })

  test('repeat the same steps for the same seed', async () => {
    const [first, second] = [await simulateVerbosely(3), await simulateVerbosely(3)]
    expect(second).toEqual(first)
    expect((await simulateVerbosely(4)).trace).not.toEqual(first.trace)
  })

  const simulateVerbosely = (seed: number) =>
    simulate(seed, { locations: 3, ops: 30, mutant: NO_MUTANT, verbose: true })
})

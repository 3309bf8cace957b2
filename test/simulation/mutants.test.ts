import { describe, expect, test } from '@jest/globals'
import { MUTANTS } from './mutants.ts'
import { simulate } from './simulation.ts'

const SEEDS = 200
const SETTINGS = { locations: 3, ops: 50 }
const PURGES = { locations: 3, ops: 120, purges: true }

describe('the simulation detects, within 200 seeds, a store that', () => {
  test.each(MUTANTS.map(mutant => [mutant.name, mutant] as const))(
    '%s',
    async (_, mutant) => {
      const settings = mutant.inPurges ? PURGES : SETTINGS
      let detectedBy = 0
      for (let seed = 1; seed <= SEEDS && detectedBy === 0; seed++) {
        const { violation } = await simulate(seed, { ...settings, mutant })
        // A violation counts only if the same seed has none without the mutant.
        if (violation !== null && (await simulate(seed, settings)).violation === null) detectedBy = seed
      }
      expect(detectedBy).toBeGreaterThan(0)
    },
    400_000,
  )
})

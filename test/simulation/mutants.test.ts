import { describe, expect, test } from '@jest/globals'
import { MUTANTS } from './mutants.ts'
import { simulate } from './simulation.ts'

const SEEDS = 200
const SETTINGS = { locations: 3, ops: 50 }

describe('the simulation notices, within 200 seeds, a store that', () => {
  test.each(MUTANTS.map(mutant => [mutant.name, mutant] as const))(
    '%s',
    async (_, mutant) => {
      let noticed = 0
      for (let seed = 1; seed <= SEEDS && noticed === 0; seed++) {
        const { violation } = await simulate(seed, { ...SETTINGS, mutant })
        // What goes wrong by the mutant counts, not what goes wrong without it.
        if (violation !== null && (await simulate(seed, SETTINGS)).violation === null) noticed = seed
      }
      expect(noticed).toBeGreaterThan(0)
    },
    400_000,
  )
})

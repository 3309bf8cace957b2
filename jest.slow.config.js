import base from './jest.config.js'

/**
 * Scenarios that run several locations, kill and restart processes, deploy templates or play histories through: each takes 15 seconds or
 * more. `npm run test:slow` runs them, and `npm test` all others.
 */
export const scenarios = [
  'cli/round-trip',
  'docs/week',
  'domain/audit/index',
  'e2e/history-load',
  'e2e/interrupted-erasure',
  'e2e/lifecycle',
  'e2e/locations',
  'e2e/partition',
  'e2e/rehearsal',
  'e2e/retention-locations',
  'e2e/rotation',
  'e2e/start',
  'infra/nag',
  'infra/observability',
  'local/clock',
  'local/engine-faults',
  'local/invoke',
  'local/replication/replicator',
  'local/supervisor',
  'local/trim-stream',
  'simulation/mutants',
  'simulation/simulation',
  'tools/cost',
]

export default { ...base, testMatch: scenarios.map(name => `<rootDir>/test/${name}.test.ts`) }

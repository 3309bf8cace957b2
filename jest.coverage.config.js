import unit from './jest.unit.config.js'

/** `npm run test:coverage`: how much of `domain/` the tests that start no process cover. Fails below the thresholds. */
export default {
  ...unit,
  collectCoverage: true,
  collectCoverageFrom: ['domain/**/*.ts'],
  coverageProvider: 'v8',
  coverageReporters: ['text-summary'],
  // What is reached, rounded down to a multiple of five. The tests of audit, lookup and retention start a table engine and do not count.
  coverageThreshold: { global: { statements: 70, branches: 85, functions: 85, lines: 70 } },
}

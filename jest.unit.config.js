import base from './jest.config.js'

/** `npm run test:unit`: the tests that start no process, in less than a minute. `npm test` runs them too. */
export default {
  ...base,
  testMatch: ['<rootDir>/test/{contract,domain,client,ingest,adapters/memory-search}/**/*.test.ts'],
  // They start a table engine.
  testPathIgnorePatterns: ['/test/domain/(audit|lookup|retention)/'],
}

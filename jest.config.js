/**
 * Where an OpenSearch is, for the tests that need one. They alone are told: a server or a function that another test runs would take it
 * for its own.
 */
const { OPENSEARCH_ENDPOINT } = process.env
delete process.env.OPENSEARCH_ENDPOINT

export default {
  testEnvironment: 'node',
  globals: { OPENSEARCH_ENDPOINT },
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { target: 'es2024', parser: { syntax: 'typescript' }, experimental: { keepImportAttributes: true } },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  // Much of a test's time is another process's: its server's, its engine's.
  maxWorkers: 2,
  testTimeout: 90_000,
  workerIdleMemoryLimit: '1GB',
}

import base from './jest.config.js'
import { scenarios } from './jest.slow.config.js'

/** `npm test`: every test but the slow scenarios and those in a browser. */
export default {
  ...base,
  testPathIgnorePatterns: [
    '/node_modules/',
    '<rootDir>/test/web/',
    ...scenarios.map(name => `<rootDir>/test/${name}\\.test\\.ts$`),
  ],
}

import base from './jest.config.js'
import { scenarios } from './jest.slow.config.js'

/** `npm test`: every test but the slow scenarios. */
export default {
  ...base,
  testPathIgnorePatterns: ['/node_modules/', ...scenarios.map(name => `<rootDir>/test/${name}\\.test\\.ts$`)],
}

import base from './jest.config.js'

/** `npm run test:web`: the page in a browser, with a real registry behind it. */
export default { ...base, testMatch: ['<rootDir>/test/web/*.test.ts'], maxWorkers: 1 }

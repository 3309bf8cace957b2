import { describe, test } from '@jest/globals'
import { WHY_NOT_OURS } from './server.ts'

/** Tests that end a server, set its environment or look into its folder: skipped, saying why, when the server is not ours. */
export const describeOurs = (name: string, tests: () => void): void =>
  WHY_NOT_OURS === null ? describe(name, tests) : describe.skip(`${name} (${WHY_NOT_OURS})`, tests)

export const testOurs = (name: string, body: () => Promise<void>): void =>
  WHY_NOT_OURS === null ? test(name, body) : test.skip(`${name} (${WHY_NOT_OURS})`, body)

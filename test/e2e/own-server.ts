import { describe, test } from '@jest/globals'
import { WHY_NOT_FAST, WHY_NOT_OURS, WHY_NOT_SEVERAL } from './target.ts'

const describeUnless =
  (why: string | null) =>
  (name: string, tests: () => void): void =>
    why === null ? describe(name, tests) : describe.skip(`${name} (${why})`, tests)

/** Tests that end a server, set its environment or look into its folder: skipped, saying why, when the server is not ours. */
export const describeOwnServer = describeUnless(WHY_NOT_OURS)

/** Tests of several locations, with nothing done to the line between them. */
export const describeSeveral = describeUnless(WHY_NOT_SEVERAL)

/** Tests that wait for a customer's time to be over. */
export const describeFast = describeUnless(WHY_NOT_FAST)

export const testOurs = (name: string, body: () => Promise<void>, bound?: number): void =>
  WHY_NOT_OURS === null ? test(name, body, bound) : test.skip(`${name} (${WHY_NOT_OURS})`, body)

import { describe, test } from '@jest/globals'
import { NOT_FAST_REASON, NOT_LOCAL_REASON, NOT_SEVERAL_REASON } from './target.ts'

const describeUnless =
  (reason: string | null) =>
  (name: string, tests: () => void): void =>
    reason === null ? describe(name, tests) : describe.skip(`${name} (${reason})`, tests)

/** Tests that stop a server, set its environment or read its folder. They are skipped, with the reason, against a deployment. */
export const describeLocalServer = describeUnless(NOT_LOCAL_REASON)

/** Tests that need several locations but no control of the connections between them. */
export const describeSeveralLocations = describeUnless(NOT_SEVERAL_REASON)

/** Tests that wait until a customer's retention period has ended. */
export const describeFastRetention = describeUnless(NOT_FAST_REASON)

export const testLocalServer = (name: string, body: () => Promise<void>, timeout?: number): void =>
  NOT_LOCAL_REASON === null ? test(name, body, timeout) : test.skip(`${name} (${NOT_LOCAL_REASON})`, body)

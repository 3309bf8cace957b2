/** What is read of the reports that jest writes with `--json`. */
import { relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import * as z from 'zod'
import { ROOT } from './child-process.ts'

export const jestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numRuntimeErrorTestSuites: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      message: z.string(),
      assertionResults: z.array(
        z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()) }),
      ),
    }),
  ),
})

export type JestReport = z.infer<typeof jestReport>

/** A file that could not run counts as a failed test. */
export const countFailed = ({ numFailedTests, numRuntimeErrorTestSuites }: JestReport): number =>
  numFailedTests + numRuntimeErrorTestSuites

/** Lines of a message that are printed of each failed test. */
const SHOWN_LINES = 12

const shorten = (message: string): string =>
  stripVTControlCharacters(message)
    .split('\n')
    .filter(line => line.trim() !== '')
    .slice(0, SHOWN_LINES)
    .map(line => `    ${line}`)
    .join('\n')

/** Returns a paragraph for each failed test, and for each file that could not run: its file, its name, and the start of its message. */
export function describeFailures({ testResults }: JestReport): string[] {
  return testResults.flatMap(({ name, message, assertionResults }) => {
    const file = relative(ROOT, name)
    const failed = assertionResults.filter(({ status }) => status === 'failed')
    if (failed.length === 0) return message === '' ? [] : [`${file}\n${shorten(message)}`]
    return failed.map(({ fullName, failureMessages: [first = ''] }) => `${file}: ${fullName}\n${shorten(first)}`)
  })
}

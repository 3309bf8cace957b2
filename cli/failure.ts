import type { Problem } from '#contract/schemas/problem.ts'

/** Something that a person is told in one line, without a stack. */
export class Failure extends Error {}

/** The command line is not one that this program knows. */
export class UsageError extends Failure {}

/** A file cannot be read or written, or is not what it should be. */
export class BadFile extends Failure {}

/** Nothing came back, or nothing that could be read. */
export class NoAnswer extends Failure {}

/** The registry said no, and why. */
export class Refused extends Failure {
  readonly status: number

  constructor(problem: Problem) {
    super(toText(problem))
    this.status = problem.status
  }
}

/** A place as a person reads it: `#/dob` is dob, `?limit` is limit, the whole body needs no name. */
const toPlace = (pointer: string): string => pointer.replace(/^(#\/?|\?)/, '')

/** A problem document in one line: every fault where there are any, and the id to look for in the log where it is the server's own. */
function toText({ title, detail, status, errors, request_id }: Problem): string {
  const faults = errors.map(fault => `${toPlace(fault.pointer)} ${fault.detail}`.trim())
  const said = faults.length > 0 ? `${title}: ${faults.join('; ')}` : detail || title
  return status >= 500 ? `${said} (${status}, request ${request_id})` : said
}

const hasCode = (error: unknown): error is Error & { code: string } =>
  error instanceof Error && 'code' in error && typeof error.code === 'string'

/** The code of an error of the system or of a library, such as ENOENT; null where it has none. */
export const toCode = (error: unknown): string | null => (hasCode(error) ? error.code : null)

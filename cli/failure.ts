import type { Problem } from '#contract/schemas/problem.ts'

/** An error that is shown to the user in one line, without a stack. */
export class Failure extends Error {}

/** The command line is invalid. */
export class UsageError extends Failure {}

/** A file cannot be read or written, or has invalid content. */
export class BadFile extends Failure {}

/** There was no response, or none that could be read. */
export class NoAnswer extends Failure {}

/** The registry refused the request. */
export class Refused extends Failure {
  readonly status: number

  constructor(problem: Problem) {
    super(toText(problem))
    this.status = problem.status
  }
}

/** A pointer for people: `#/dob` is dob, `?limit` is limit, the whole body has no name. */
const toPlace = (pointer: string): string => pointer.replace(/^(#\/?|\?)/, '')

/** A problem document in one line: its errors if there are any, and the request id if the server is at fault. */
function toText({ title, detail, status, errors, request_id }: Problem): string {
  const faults = errors.map(fault => `${toPlace(fault.pointer)} ${fault.detail}`.trim())
  const text = faults.length > 0 ? `${title}: ${faults.join('; ')}` : detail || title
  return status >= 500 ? `${text} (${status}, request ${request_id})` : text
}

const hasCode = (error: unknown): error is Error & { code: string } =>
  error instanceof Error && 'code' in error && typeof error.code === 'string'

/** The code of a system or library error, such as ENOENT; null without one. */
export const toCode = (error: unknown): string | null => (hasCode(error) ? error.code : null)

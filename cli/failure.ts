import type { Problem } from '#contract/schemas/problem.ts'
import { Failure } from '#ingest/failure.ts'

export { BadFile, Failure, toCode } from '#ingest/failure.ts'

/** The command line is invalid. */
export class UsageError extends Failure {}

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

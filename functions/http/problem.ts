import type { APIGatewayProxyResult } from 'aws-lambda'
import { type ProblemKind, problems, problemType } from '#contract/problems.ts'
import type { FieldError, Problem } from '#contract/schemas/problem.ts'
import { ProblemError } from '#domain/errors.ts'

/** Headers of every response: no caching, and no content sniffing. */
export const COMMON_HEADERS = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
} as const

export interface ProblemDescription {
  kind: ProblemKind
  detail: string
  faults?: readonly FieldError[]
  retryAfter?: number | null
}

/** A problem document (RFC 9457) as a response. `instance` is the path, which holds nothing personal. */
export function problemResponse(
  { kind, detail, faults = [], retryAfter = null }: ProblemDescription,
  instance: string,
  request_id: string,
): APIGatewayProxyResult {
  const { status, title } = problems[kind]
  const problem: Problem = { type: problemType(kind), title, status, detail, instance, request_id, errors: [...faults] }
  return {
    statusCode: status,
    headers: {
      ...COMMON_HEADERS,
      'Content-Type': 'application/problem+json',
      'X-Request-Id': request_id,
      ...(status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {}),
      ...(retryAfter === null ? {} : { 'Retry-After': String(retryAfter) }),
    },
    body: JSON.stringify(problem),
  }
}

/** Transient errors of AWS services and the network: the caller may retry. */
const TRANSIENT_ERRORS = new Set([
  'ThrottlingException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'InternalServerError',
  'TransactionInProgressException',
  'TimeoutError',
  'NetworkingError',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
])

const isTransient = (error: unknown): boolean =>
  error instanceof Error &&
  (TRANSIENT_ERRORS.has(error.name) ||
    ('code' in error && typeof error.code === 'string' && TRANSIENT_ERRORS.has(error.code)))

/** Converts an error to a problem: a ProblemError says what is wrong; any other error becomes `internal` without details. */
export function toProblem(error: unknown): ProblemDescription {
  if (error instanceof ProblemError)
    return { kind: error.kind, detail: error.message, faults: error.faults, retryAfter: error.retryAfter }
  if (isTransient(error))
    return { kind: 'unavailable', detail: 'A dependency is unavailable: try again', retryAfter: 1 }
  return { kind: 'internal', detail: 'The request failed; the log has its id' }
}

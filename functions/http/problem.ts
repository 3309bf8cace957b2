import type { APIGatewayProxyResult } from 'aws-lambda'
import { type ProblemKind, problems, problemType } from '#contract/problems.ts'
import type { FieldError, Problem } from '#contract/schemas/problem.ts'
import { ProblemError } from '#domain/errors.ts'

/** Headers of every answer: nothing is kept by anyone on the way, and a browser reads it as what it says it is. */
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

/** A problem document (RFC 9457) as an answer. `instance` is the path, which holds nothing personal. */
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
      ...(kind === 'unauthenticated' ? { 'WWW-Authenticate': 'Bearer' } : {}),
      ...(retryAfter === null ? {} : { 'Retry-After': String(retryAfter) }),
    },
    body: JSON.stringify(problem),
  }
}

/** Faults of AWS's services, or of the way there, that pass: the caller may try again. */
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

/** What a caller is told of an error: a refusal says what it is; of anything else only that it happened. */
export function toProblem(error: unknown): ProblemDescription {
  if (error instanceof ProblemError)
    return { kind: error.kind, detail: error.message, faults: error.faults, retryAfter: error.retryAfter }
  if (isTransient(error))
    return { kind: 'unavailable', detail: 'A dependency is unavailable: try again', retryAfter: 1 }
  return { kind: 'internal', detail: 'The request failed; the log has its id' }
}

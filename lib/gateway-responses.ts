import { type GatewayResponseOptions, ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway'
import { type ProblemKind, problems, problemType } from '#contract/problems.ts'

const gatewayResponses: readonly [name: string, type: ResponseType, kind: ProblemKind, detail: string][] = [
  ['Unauthorized', ResponseType.UNAUTHORIZED, 'unauthenticated', 'A valid token is required: Authorization: Bearer …'],
  ['AccessDenied', ResponseType.ACCESS_DENIED, 'forbidden', 'The token names no group that may call this API'],
  ['NotFound', ResponseType.MISSING_AUTHENTICATION_TOKEN, 'not-found', 'Not found: there is no operation at this path'],
  ['NotFoundEither', ResponseType.RESOURCE_NOT_FOUND, 'not-found', 'Not found: there is no operation at this path'],
  ['NoPlan', ResponseType.INVALID_API_KEY, 'forbidden', 'The caller has no usage plan'],
  ['Filtered', ResponseType.WAF_FILTERED, 'forbidden', 'The request was refused before it was read'],
  ['Throttled', ResponseType.THROTTLED, 'too-many-requests', 'Too many requests at the moment'],
  ['QuotaExceeded', ResponseType.QUOTA_EXCEEDED, 'too-many-requests', 'No more requests are left for today'],
  ['TooLarge', ResponseType.REQUEST_TOO_LARGE, 'too-large', 'The body is larger than is read here'],
  ['BadParameters', ResponseType.BAD_REQUEST_PARAMETERS, 'invalid-input', 'A parameter is missing'],
  ['BadBody', ResponseType.BAD_REQUEST_BODY, 'invalid-input', 'The body is not what is read here'],
  ['MediaType', ResponseType.UNSUPPORTED_MEDIA_TYPE, 'unsupported-media-type', 'Unsupported media type'],
  ['AuthorizerFailed', ResponseType.AUTHORIZER_FAILURE, 'unavailable', 'The token could not be verified: try again'],
  ['TimedOut', ResponseType.INTEGRATION_TIMEOUT, 'unavailable', 'The request timed out: try again'],
  ['Failed', ResponseType.INTEGRATION_FAILURE, 'unavailable', 'The service is unavailable: try again'],
  ['Other4xx', ResponseType.DEFAULT_4XX, 'invalid-input', 'The request could not be read'],
  ['Other5xx', ResponseType.DEFAULT_5XX, 'internal', 'The request failed; the log has its id'],
]

/** Problems that may be retried, with the seconds to wait. */
const RETRY_AFTER_SECONDS: Partial<Record<ProblemKind, number>> = { 'too-many-requests': 1, unavailable: 1 }

/** A problem document as a template: request id and path are API Gateway's variables. */
function toGatewayResponse(
  kind: ProblemKind,
  detail: string,
  pageOrigin: string | null,
): Omit<GatewayResponseOptions, 'type'> {
  const { status, title } = problems[kind]
  const document = {
    type: problemType(kind),
    title,
    status,
    detail,
    instance: '$context.path',
    request_id: '$context.requestId',
    errors: [],
  }
  const retryAfter = RETRY_AFTER_SECONDS[kind]
  return {
    statusCode: String(status),
    templates: { 'application/json': JSON.stringify(document) },
    responseHeaders: {
      'Content-Type': "'application/problem+json'",
      'Cache-Control': "'no-store'",
      'X-Content-Type-Options': "'nosniff'",
      'Referrer-Policy': "'no-referrer'",
      'X-Request-Id': 'context.requestId',
      ...(kind === 'unauthenticated' ? { 'WWW-Authenticate': "'Bearer'" } : {}),
      ...(retryAfter === undefined ? {} : { 'Retry-After': `'${retryAfter}'` }),
      ...(pageOrigin === null ? {} : { 'Access-Control-Allow-Origin': `'${pageOrigin}'` }),
    },
  }
}

/** Makes API Gateway's own responses look like those of the functions. */
export function addGatewayResponses(api: RestApi, pageOrigin: string | null): void {
  for (const [name, type, kind, detail] of gatewayResponses)
    api.addGatewayResponse(name, { type, ...toGatewayResponse(kind, detail, pageOrigin) })
}

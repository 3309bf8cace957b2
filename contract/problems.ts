/** The kinds of problems, with status and title. A problem's type is `urn:customer-registry:problem:KIND`. */
export const problems = {
  'invalid-input': { status: 400, title: 'Invalid request' },
  'invalid-cursor': { status: 400, title: 'Invalid cursor' },
  unauthenticated: { status: 401, title: 'A valid token is required' },
  'one-time-password': { status: 401, title: 'The one-time password must be replaced' },
  forbidden: { status: 403, title: 'Not allowed for this role' },
  'not-found': { status: 404, title: 'Not found' },
  'method-not-allowed': { status: 405, title: 'Method not allowed' },
  conflict: { status: 409, title: 'Conflict with the state of the record' },
  gone: { status: 410, title: 'The record was erased' },
  'stale-version': { status: 412, title: 'The record has changed since it was read' },
  'too-large': { status: 413, title: 'The request is too large' },
  'headers-too-large': { status: 431, title: 'The URL and the headers are too large' },
  'unsupported-media-type': { status: 415, title: 'Unsupported media type' },
  'key-reused': { status: 422, title: 'The idempotency key was used for another request' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Internal error' },
  unavailable: { status: 503, title: 'Temporarily unavailable' },
} as const
export type ProblemKind = keyof typeof problems

export const problemType = (kind: ProblemKind) => `urn:customer-registry:problem:${kind}`

/** The kinds of problems, with status and title. A problem's type is `urn:customer-registry:problem:KIND`. */
export const problems = {
  'invalid-input': { status: 400, title: 'The request is not valid' },
  'invalid-cursor': { status: 400, title: 'The cursor is not one of this query' },
  unauthenticated: { status: 401, title: 'A valid token is required' },
  forbidden: { status: 403, title: 'This role may not do that' },
  'not-found': { status: 404, title: 'Not found: there is no operation at this path' },
  'method-not-allowed': { status: 405, title: 'This path does not take that method' },
  conflict: { status: 409, title: 'The record is in another state' },
  gone: { status: 410, title: 'The record was erased' },
  'stale-version': { status: 412, title: 'The record has changed since it was read' },
  'too-large': { status: 413, title: 'The request is too large' },
  'unsupported-media-type': { status: 415, title: 'The body is of a type that is not read here' },
  'key-reused': { status: 422, title: 'The idempotency key was used for another statement' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something went wrong here' },
  unavailable: { status: 503, title: 'Not available at the moment' },
} as const
export type ProblemKind = keyof typeof problems

export const problemType = (kind: ProblemKind) => `urn:customer-registry:problem:${kind}`

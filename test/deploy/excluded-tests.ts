const DECODED = 'the emulator decodes paths, accepts a trailing slash, and does not change $context.path'
const TEXT = 'API Gateway passes a body as text and replaces bytes that are not UTF-8'
const NOT_AUTHENTICATED = 'API Gateway refuses a request without a token before it reaches a function'

/** Tests of test/e2e that do not run on the emulator: the beginning of their full name, and the reason. */
export const excludedTests: readonly (readonly [prefix: string, reason: string])[] = [
  ['bad input in the path returns a problem document: the id ', DECODED],
  ['bad input in the path returns a problem document: the unknown path ', DECODED],
  ['bad input in the path returns a problem document: the file ..%2f', DECODED],
  ['bad input in the path returns a problem document: the file %2e', DECODED],
  ['bad input in purchases returns a problem document: buys of a user with a slash', DECODED],
  ['bad input in the body as a whole returns a problem document: bytes that are not UTF-8', TEXT],
  ['bad input in the body as a whole returns a problem document: an overlong UTF-8 form', TEXT],
  [
    'a method that a path does not support ',
    'a path that does not support a method is 404 in the cloud (docs/decisions/0017-cloud.md)',
  ],
  ['the audit has every transaction', NOT_AUTHENTICATED],
  ['the audit is filtered by &outcome=unauthenticated', NOT_AUTHENTICATED],
]

const DECODED =
  'the emulator hands a path over decoded, takes one that ends with a slash, and leaves $context.path as it is'
const TEXT = 'API Gateway hands a body over as text, and what is no UTF-8 of it with other characters in its place'
const NOT_AUTHENTICATED = 'API Gateway refuses who has no token by itself: no function of ours learns of it'

/** Tests of test/e2e that do not run on the emulator, by the beginning of their whole name, each with why. */
export const excludedTests: readonly (readonly [beginning: string, why: string])[] = [
  ['what is wrong in the path is told: the id ', DECODED],
  ['what is wrong in the path is told: the unknown path ', DECODED],
  ['what is wrong in the path is told: the file ..%2f', DECODED],
  ['what is wrong in the path is told: the file %2e', DECODED],
  ['what is wrong in purchases is told: buys of a user with a slash', DECODED],
  ['what is wrong in the body as a whole is told: bytes that are no UTF-8', TEXT],
  ['what is wrong in the body as a whole is told: an overlong UTF-8 form', TEXT],
  [
    'a method that a path does not take ',
    'a path that does not take a method is 404 in the cloud (docs/decisions/0017-cloud.md)',
  ],
  ['the audit has every transaction', NOT_AUTHENTICATED],
  ['the audit is filtered by &outcome=unauthenticated', NOT_AUTHENTICATED],
  ['a pair in the review queue is one of many', 'it reads the first page of a queue that other files fill, too'],
]

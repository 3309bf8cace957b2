/** An error that is shown to the user in one line, without a stack. */
export class Failure extends Error {}

/** A file cannot be read or written, or has invalid content. */
export class BadFile extends Failure {}

/** The encoding of a file is not known, or is another one than was named. */
export class BadEncoding extends BadFile {}

const hasCode = (error: unknown): error is Error & { code: string } =>
  error instanceof Error && 'code' in error && typeof error.code === 'string'

/** The code of a system or library error, such as ENOENT; null without one. */
export const toCode = (error: unknown): string | null => (hasCode(error) ? error.code : null)

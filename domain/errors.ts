import type { ProblemKind } from '#contract/problems.ts'
import type { FieldError } from '#contract/schemas/problem.ts'

const TOLD = 5

/** The first few errors, in one line. */
export function summarise(faults: readonly FieldError[]): string {
  const first = faults.slice(0, TOLD).map(({ pointer, detail }) => `${pointer} ${detail}`)
  return [...first, ...(faults.length > TOLD ? [`and ${faults.length - TOLD} more`] : [])].join('; ')
}

/**
 * An error that the caller sees: its kind decides which problem document it becomes. Its name appears in logs; subclasses set it explicitly,
 * because minification renames classes.
 */
export abstract class ProblemError extends Error {
  abstract override readonly name: string
  abstract readonly kind: ProblemKind
  /** Every error found, by pointer. */
  readonly faults: readonly FieldError[]
  /** Seconds to wait before a retry. */
  readonly retryAfter: number | null

  constructor(message: string, faults: readonly FieldError[] = [], retryAfter: number | null = null) {
    super(message)
    this.faults = faults
    this.retryAfter = retryAfter
  }
}

export class InvalidInput extends ProblemError {
  override readonly name = 'InvalidInput'
  readonly kind = 'invalid-input'
  constructor(faults: readonly FieldError[]) {
    super(summarise(faults), faults)
  }
}

export class InvalidCursor extends ProblemError {
  override readonly name = 'InvalidCursor'
  readonly kind = 'invalid-cursor'
  /** @param pointer where the request has the cursor. */
  constructor(pointer = '?cursor') {
    super('The cursor is invalid or belongs to another query', [{ pointer, detail: 'is not a cursor of this query' }])
  }
}

export class Unauthenticated extends ProblemError {
  override readonly name = 'Unauthenticated'
  readonly kind = 'unauthenticated'
}

/** The password is right, but a new one must replace it. */
export class OneTimePassword extends ProblemError {
  override readonly name = 'OneTimePassword'
  readonly kind = 'one-time-password'
  constructor() {
    super('This is a one-time password: log in with new_password as well, to replace it')
  }
}

export class Forbidden extends ProblemError {
  override readonly name = 'Forbidden'
  readonly kind = 'forbidden'
}

export class NotFound extends ProblemError {
  override readonly name = 'NotFound'
  readonly kind = 'not-found'
}

export class StateConflict extends ProblemError {
  override readonly name = 'StateConflict'
  readonly kind = 'conflict'
}

export class Gone extends ProblemError {
  override readonly name = 'Gone'
  readonly kind = 'gone'
}

export class StaleVersion extends ProblemError {
  override readonly name = 'StaleVersion'
  readonly kind = 'stale-version'
  constructor() {
    super(
      'If-Match is not the current ETag: read the customer again and send its ETag header or its member etag (not version)',
    )
  }
}

export class TooLarge extends ProblemError {
  override readonly name = 'TooLarge'
  readonly kind = 'too-large'
}

export class UnsupportedMediaType extends ProblemError {
  override readonly name = 'UnsupportedMediaType'
  readonly kind = 'unsupported-media-type'
}

export class KeyReused extends ProblemError {
  override readonly name = 'KeyReused'
  readonly kind = 'key-reused'
  constructor() {
    super('This idempotency key was used for a different request')
  }
}

export class TooManyRequests extends ProblemError {
  override readonly name = 'TooManyRequests'
  readonly kind = 'too-many-requests'
  constructor(message: string, retryAfter: number) {
    super(message, [], retryAfter)
  }
}

/** The disk of the table engine is full. Nothing can be written until there is space. */
export class StorageFull extends ProblemError {
  override readonly name = 'StorageFull'
  readonly kind = 'unavailable'
  constructor() {
    super('The disk of the table engine is full: free space on it', [], 5)
  }
}

export class Unavailable extends ProblemError {
  override readonly name = 'Unavailable'
  readonly kind = 'unavailable'
  constructor(message: string, retryAfter = 1) {
    super(message, [], retryAfter)
  }
}

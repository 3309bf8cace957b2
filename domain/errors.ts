import type { ProblemKind } from '#contract/problems.ts'
import type { Fault } from '#contract/schemas/problem.ts'

const TOLD = 5

/** The first few faults in a line. */
export function inBrief(faults: readonly Fault[]): string {
  const first = faults.slice(0, TOLD).map(({ pointer, detail }) => `${pointer} ${detail}`)
  return [...first, ...(faults.length > TOLD ? [`and ${faults.length - TOLD} more`] : [])].join('; ')
}

/** A refusal that a caller is told of: its kind says which problem document it becomes. */
export abstract class Refusal extends Error {
  abstract readonly kind: ProblemKind
  /** Every fault found, by pointer. */
  readonly faults: readonly Fault[]
  /** Seconds after which trying again makes sense. */
  readonly retryAfter: number | null

  constructor(message: string, faults: readonly Fault[] = [], retryAfter: number | null = null) {
    super(message)
    this.name = new.target.name
    this.faults = faults
    this.retryAfter = retryAfter
  }
}

export class InvalidInput extends Refusal {
  readonly kind = 'invalid-input'
  constructor(faults: readonly Fault[]) {
    super(inBrief(faults), faults)
  }
}

export class InvalidCursor extends Refusal {
  readonly kind = 'invalid-cursor'
  constructor() {
    super('The cursor was changed, or belongs to another query', [
      { pointer: '?cursor', detail: 'is no cursor of this query' },
    ])
  }
}

export class Unauthenticated extends Refusal {
  readonly kind = 'unauthenticated'
}

export class Forbidden extends Refusal {
  readonly kind = 'forbidden'
}

export class NotFound extends Refusal {
  readonly kind = 'not-found'
}

export class StateConflict extends Refusal {
  readonly kind = 'conflict'
}

export class Gone extends Refusal {
  readonly kind = 'gone'
}

export class StaleVersion extends Refusal {
  readonly kind = 'stale-version'
  constructor() {
    super('If-Match names a version that is no longer the current one: read it again')
  }
}

export class TooLarge extends Refusal {
  readonly kind = 'too-large'
}

export class UnsupportedMediaType extends Refusal {
  readonly kind = 'unsupported-media-type'
}

export class KeyReused extends Refusal {
  readonly kind = 'key-reused'
  constructor() {
    super('This idempotency key came before with another statement')
  }
}

export class TooManyRequests extends Refusal {
  readonly kind = 'too-many-requests'
  constructor(message: string, retryAfter: number) {
    super(message, [], retryAfter)
  }
}

export class Unavailable extends Refusal {
  readonly kind = 'unavailable'
  constructor(message: string, retryAfter = 1) {
    super(message, [], retryAfter)
  }
}

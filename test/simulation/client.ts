import { customer } from '#contract/schemas/customer.ts'
import { toIdempotency } from '#domain/customers/idempotency.ts'
import { ProblemError } from '#domain/errors.ts'
import type { Version } from '#domain/records/version.ts'
import type { SimulatedWorld } from './environment.ts'
import type { Location } from './location.ts'
import type { Operation, ReportedWrite } from './operations.ts'
import { nameOf } from './reference-model.ts'
import { LostResponse } from './scheduler.ts'

/** Refusals after which nothing was written. */
const DEFINITE_REFUSALS: ReadonlySet<string> = new Set([
  'invalid-input',
  'not-found',
  'conflict',
  'stale-version',
  'key-reused',
  'gone',
])

/** One attempt of a request. */
export interface Attempt {
  readonly operation: Operation
  readonly location: Location
  readonly request_id: string
  readonly startedAt: number
  outcome: 'running' | 'acknowledged' | 'refused' | 'unknown'
  reported: readonly ReportedWrite[]
}

/** The clients: their requests, the responses, and requests to repeat. */
export class Clients {
  readonly attempts: Attempt[] = []
  /** The ids in responses. */
  readonly knownIds = new Set<string>()
  /** Requests whose outcome the client does not know. */
  readonly open = new Map<Operation, Location>()
  readonly #world: SimulatedWorld

  constructor(world: SimulatedWorld) {
    this.#world = world
  }

  get running(): Attempt[] {
    return this.attempts.filter(({ outcome }) => outcome === 'running')
  }

  /** Whether a request to expire a customer is running, or may be repeated. */
  isExpiring(id: string): boolean {
    return [...this.running.map(({ operation }) => operation), ...this.open.keys()].some(
      ({ expires }) => expires === id,
    )
  }

  ask(operation: Operation, location: Location): void {
    const request_id = `request-${this.attempts.length + 1}`
    const attempt: Attempt = {
      ...{ operation, location, request_id, startedAt: this.#world.step },
      outcome: 'running',
      reported: [],
    }
    this.attempts.push(attempt)
    this.open.delete(operation)
    this.#world.log(
      `${location.name} ${request_id}: ${operation.description}${operation.key ? ` under ${operation.key}` : ''}`,
    )
    this.#world.start(
      location,
      request_id,
      (ports, call) => operation.run(ports, { ...call, actor: operation.actor, request_id }),
      reported => this.#acknowledged(attempt, reported),
      error => this.#failed(attempt, error),
      () => this.#unanswered(attempt),
    )
  }

  /** The client stops waiting. The request continues and may be repeated. */
  abandon(attempt: Attempt): void {
    this.#world.log(`${attempt.request_id}: its client stops waiting`)
    this.open.set(attempt.operation, attempt.location)
  }

  #unanswered(attempt: Attempt): void {
    this.#world.log(`${attempt.request_id}: no response`)
    attempt.outcome = 'unknown'
    this.open.set(attempt.operation, attempt.location)
  }

  #failed(attempt: Attempt, error: unknown): void {
    const name = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    this.#world.log(`${attempt.request_id}: ${name}`)
    if (error instanceof ProblemError && DEFINITE_REFUSALS.has(error.kind)) {
      attempt.outcome = 'refused'
      this.#checkRefusal(attempt, error)
    } else {
      attempt.outcome = 'unknown'
      this.open.set(attempt.operation, attempt.location)
      if (!(error instanceof ProblemError) && !(error instanceof LostResponse))
        this.#world.reportViolation(
          `${attempt.request_id} failed with an unexpected error: ${error instanceof Error ? error.stack : name}`,
        )
    }
  }

  /** A repeated request under the same key must not be refused after it was executed. */
  #checkRefusal({ operation, location, request_id, startedAt }: Attempt, error: ProblemError): void {
    const earlierVersions = this.#versionsOf(operation).filter(
      v => v.request_id !== request_id && v.location === location.name,
    )
    const storedBefore = earlierVersions.filter(v =>
      this.#world.ledger.versionsAt(location.name, v.kind, v.id, startedAt).includes(v),
    )
    const isUnaffectedByRemoval = storedBefore.every(v => this.#world.ledger.isPlain(v.kind, v.id))
    // If a clock was set back, a past effective date may now be in the future.
    const isClockRefusal = error.message.includes('in the future')
    if (
      storedBefore.length > 0 &&
      isUnaffectedByRemoval &&
      !isClockRefusal &&
      !operation.description.startsWith('batch')
    )
      this.#world.reportViolation(
        `${request_id} was rejected (${error.message}) although it had written ${storedBefore.map(nameOf)}`,
      )
  }

  /** The versions that a request wrote under its key. */
  #versionsOf({ actor, keys }: Operation): Version[] {
    const digests = new Set<string | undefined>(keys.map(key => toIdempotency(actor, key)))
    return this.#world.ledger.all.filter(v => v.idempotency !== undefined && digests.has(v.idempotency))
  }

  #acknowledged(attempt: Attempt, reported: readonly ReportedWrite[]): void {
    const { operation, location, request_id } = attempt
    this.#world.log(`${request_id}: done`)
    attempt.outcome = 'acknowledged'
    attempt.reported = reported
    for (const { id } of reported) this.knownIds.add(id)
    if (operation.expires !== undefined) this.#world.retention.addExpiry(operation.expires, location)
    const written = this.#world.ledger.all.filter(v => v.request_id === request_id)
    const earlier = this.#versionsOf(operation)
    for (const report of reported) {
      if (report.customer === undefined || !this.#world.ledger.isPlain('customer', report.id)) continue
      const shown = customer.parse(report.customer)
      const versionName = Buffer.from(report.version, 'base64url').toString()
      if (!this.#world.ledger.versionsOf('customer', report.id).some(v => nameOf(v) === versionName))
        this.#world.reportViolation(`${request_id} returned a version that no request wrote: ${versionName}`)
      const ownVersion = written[0] ?? earlier.find(v => v.location === location.name)
      // Sent to two locations under one key, it may be answered with either version.
      if (earlier.some(v => nameOf(v) === versionName)) continue
      // A back-dated change is answered with the current version, unless it is repeated.
      if (ownVersion && nameOf(ownVersion) !== versionName && !(operation.dated && nameOf(ownVersion) < versionName))
        this.#world.reportViolation(`${request_id} wrote ${nameOf(ownVersion)} but returned ${versionName}`)
      const firstWritten = written[0]
      if (firstWritten?.valid_from !== shown.valid_from) continue
      for (const [field, value] of Object.entries(operation.states))
        if (field in shown && Reflect.get(shown, field) !== value)
          this.#world.reportViolation(`${request_id} set ${field} but returned ${JSON.stringify(shown)}`)
    }
    for (const { id, outcome } of reported) {
      const hasWritten = [...written, ...earlier].some(v => v.id === id)
      if ((outcome === 'created' || outcome === 'updated') && !hasWritten)
        this.#world.reportViolation(`${request_id} reported that it ${outcome} ${id} but wrote nothing`)
    }
  }
}

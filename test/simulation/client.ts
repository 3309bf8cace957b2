import { customer } from '#contract/schemas/customer.ts'
import { toIdempotency } from '#domain/customers/idempotency.ts'
import { ProblemError } from '#domain/errors.ts'
import type { Version } from '#domain/records/version.ts'
import type { World } from './environment.ts'
import type { Location } from './location.ts'
import type { Operation, Told } from './operations.ts'
import { nameOf } from './reference-model.ts'
import { Lost } from './scheduler.ts'

/** Refusals that say for certain that nothing was written. */
const CERTAIN: ReadonlySet<string> = new Set([
  'invalid-input',
  'not-found',
  'conflict',
  'stale-version',
  'key-reused',
  'gone',
])

/** A request as it was sent once. */
export interface Attempt {
  readonly operation: Operation
  readonly location: Location
  readonly request_id: string
  readonly began: number
  outcome: 'running' | 'acknowledged' | 'refused' | 'unknown'
  told: readonly Told[]
}

/** Those who call: what they asked for, what they were answered, and what they ask again. */
export class Clients {
  readonly attempts: Attempt[] = []
  /** Ids that answers have told. */
  readonly known = new Set<string>()
  /** Requests of which their client does not know what became. */
  readonly open = new Map<Operation, Location>()
  readonly #world: World

  constructor(world: World) {
    this.#world = world
  }

  get running(): Attempt[] {
    return this.attempts.filter(({ outcome }) => outcome === 'running')
  }

  ask(operation: Operation, location: Location): void {
    const request_id = `request-${this.attempts.length + 1}`
    const attempt: Attempt = {
      ...{ operation, location, request_id, began: this.#world.step },
      outcome: 'running',
      told: [],
    }
    this.attempts.push(attempt)
    this.open.delete(operation)
    this.#world.say(
      `${location.name} ${request_id}: ${operation.what}${operation.key ? ` under ${operation.key}` : ''}`,
    )
    this.#world.start(
      location,
      request_id,
      (ports, call) => operation.run(ports, { ...call, actor: operation.actor, request_id }),
      told => this.#acknowledged(attempt, told),
      error => this.#failed(attempt, error),
      () => this.#unanswered(attempt),
    )
  }

  /** The client waits no longer; what it asked for goes on, and may come to it again. */
  abandon(attempt: Attempt): void {
    this.#world.say(`${attempt.request_id}: its client waits no longer`)
    this.open.set(attempt.operation, attempt.location)
  }

  #unanswered(attempt: Attempt): void {
    this.#world.say(`${attempt.request_id}: no answer`)
    attempt.outcome = 'unknown'
    this.open.set(attempt.operation, attempt.location)
  }

  #failed(attempt: Attempt, error: unknown): void {
    const name = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    this.#world.say(`${attempt.request_id}: ${name}`)
    if (error instanceof ProblemError && CERTAIN.has(error.kind)) {
      attempt.outcome = 'refused'
      this.#checkRefusal(attempt, error)
    } else {
      attempt.outcome = 'unknown'
      this.open.set(attempt.operation, attempt.location)
      if (!(error instanceof ProblemError) && !(error instanceof Lost))
        this.#world.violated(
          `${attempt.request_id} ended in an error of the program: ${error instanceof Error ? error.stack : name}`,
        )
    }
  }

  /** Who asks again under the same key for what was done is not refused. */
  #checkRefusal({ operation, location, request_id, began }: Attempt, error: ProblemError): void {
    const before = this.#madeBy(operation).filter(v => v.request_id !== request_id && v.location === location.name)
    const done = before.filter(v => this.#world.ledger.here(location.name, v.kind, v.id, began).includes(v))
    const plain = done.every(v => this.#world.ledger.isPlain(v.kind, v.id))
    // Where the clock was set back meanwhile, what held since a moment ago may hold since a moment to come.
    const ahead = error.message.includes('in the future')
    if (done.length > 0 && plain && !ahead && !operation.what.startsWith('batch'))
      this.#world.violated(`${request_id} was refused (${error.message}) although it had made ${done.map(nameOf)}`)
  }

  /** The versions that a request has made under its key. */
  #madeBy({ actor, keys }: Operation): Version[] {
    const digests = new Set<string | undefined>(keys.map(key => toIdempotency(actor, key)))
    return this.#world.ledger.all.filter(v => v.idempotency !== undefined && digests.has(v.idempotency))
  }

  #acknowledged(attempt: Attempt, told: readonly Told[]): void {
    const { operation, location, request_id } = attempt
    this.#world.say(`${request_id}: done`)
    attempt.outcome = 'acknowledged'
    attempt.told = told
    for (const { id } of told) this.known.add(id)
    if (operation.expires !== undefined) this.#world.retention.expired(operation.expires, location)
    const made = this.#world.ledger.all.filter(v => v.request_id === request_id)
    const earlier = this.#madeBy(operation)
    for (const one of told) {
      if (one.customer === undefined || !this.#world.ledger.isPlain('customer', one.id)) continue
      const shown = customer.parse(one.customer)
      const named = Buffer.from(one.version, 'base64url').toString()
      if (!this.#world.ledger.of('customer', one.id).some(v => nameOf(v) === named))
        this.#world.violated(`${request_id} was answered with a version that nobody wrote: ${named}`)
      const own = made[0] ?? earlier.find(v => v.location === location.name)
      // Asked at two locations under one key, it is answered with either.
      if (earlier.some(v => nameOf(v) === named)) continue
      // A change of the past is answered with the present, unless it comes again.
      if (own && nameOf(own) !== named && !(operation.dated && nameOf(own) < named))
        this.#world.violated(`${request_id} wrote ${nameOf(own)} and was answered with ${named}`)
      const mine = made[0]
      if (mine?.valid_from !== shown.valid_from) continue
      for (const [field, value] of Object.entries(operation.states))
        if (field in shown && Reflect.get(shown, field) !== value)
          this.#world.violated(`${request_id} stated ${field} and was answered ${JSON.stringify(shown)}`)
    }
    for (const { id, outcome } of told) {
      const wrote = [...made, ...earlier].some(v => v.id === id)
      if ((outcome === 'created' || outcome === 'updated') && !wrote)
        this.#world.violated(`${request_id} said that it ${outcome} ${id}, and wrote nothing`)
    }
  }
}

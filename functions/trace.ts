import type { APIGatewayProxyEvent } from 'aws-lambda'
import { type Route, traceOf } from '#contract/route.ts'
import { customerId } from '#contract/schemas/customer.ts'
import { networkHash } from '#domain/lookup/traces.ts'
import type { Access, AccessStore, Call } from '#domain/ports.ts'
import { recordRefusal } from './refusals.ts'
import { logger, settings } from './settings.ts'

export const DONE = 'done'
/** The actor of those who come without a token. */
export const PUBLIC_ACTOR = 'public'

/** From where a request of somebody unknown came, as a keyed hash. */
export const networkOf = (sourceIp: string): Access['asked'] => ({
  network: networkHash(settings().RECEIPT_KEY, sourceIp),
})

/** The customer whom a path names: nothing else that stands there is kept, since it may be anything. */
function customerIn({ path }: Route, { pathParameters }: APIGatewayProxyEvent): string | undefined {
  return path.startsWith('/v1/customers/{id}') ? customerId.safeParse(pathParameters?.id).data : undefined
}

/** The access that a request is. */
function accessOf(name: string, route: Route, event: APIGatewayProxyEvent, call: Call): Access {
  const { now: at, request_id, location, actor } = call
  const customer = customerIn(route, event)
  // Only who leaves traces was given the key of the hash.
  const known = actor !== PUBLIC_ACTOR || traceOf(route) === 'none'
  const asked = known ? {} : networkOf(event.requestContext.identity.sourceIp)
  return { at, request_id, location, actor, action: name, outcome: DONE, asked, ...(customer ? { customer } : {}) }
}

/**
 * The trace that one request leaves for the audit. Where the answer is made anyway, the row is put beside it, as if all went well; where
 * something else came of it, a second row says so.
 */
export class RequestTrace {
  readonly #accesses: AccessStore
  readonly #access: Access
  readonly #trace: ReturnType<typeof traceOf>
  #accepted = false
  #put: Promise<void> | null = null

  constructor(accesses: AccessStore, name: string, route: Route, event: APIGatewayProxyEvent, call: Call) {
    this.#accesses = accesses
    this.#access = accessOf(name, route, event, call)
    this.#trace = traceOf(route)
  }

  /** What was asked is in order: it is answered now. */
  accepted(): void {
    this.#accepted = true
    if (this.#trace !== 'always') return
    this.#put = this.#accesses.record(this.#access)
    // Whoever waits for it is told; until then nobody is.
    this.#put.catch(() => undefined)
  }

  /** It was answered. What cannot be written down is not told. */
  async answered(versions: number): Promise<void> {
    if (this.#put) await this.#put
    else if (this.#trace === 'unless versions' && versions === 0) await this.#accesses.record(this.#access)
  }

  /** It was refused, or went wrong. That is told even where it cannot be written down. */
  async refused(outcome: string): Promise<void> {
    try {
      await this.#refused(outcome)
    } catch (error) {
      const { request_id, action } = this.#access
      logger.error('untraced', { request_id, action, outcome, error: error instanceof Error ? error.name : 'unknown' })
    }
  }

  async #refused(outcome: string): Promise<void> {
    const refused = { ...this.#access, outcome }
    if (this.#trace === 'none') return
    if (this.#put) {
      await this.#put
      await this.#accesses.conclude(this.#access, outcome)
    } else if (this.#access.actor === PUBLIC_ACTOR) {
      const atTheDoor = !this.#accepted || outcome === 'unauthenticated'
      if (atTheDoor || this.#trace !== 'refusals') await recordRefusal(this.#accesses, refused)
    } else await this.#accesses.record(refused)
  }
}

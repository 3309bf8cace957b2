import type { APIGatewayProxyEvent } from 'aws-lambda'
import { type Route, toAuditPolicy } from '#contract/route.ts'
import { customerId } from '#contract/schemas/customer.ts'
import type { Access, AccessStore, Disclosure } from '#domain/audit/port.ts'
import { networkHash } from '#domain/lookup/keyed-hashes.ts'
import { getSettings, logger } from '../../runtime/settings.ts'
import { getState, type HttpMiddleware, type RequestState } from '../operation.ts'
import { toProblem } from '../problem.ts'
import { PUBLIC_ACTOR } from '../public-actor.ts'
import { recordRefusal } from '../refusal-sampler.ts'

export const OUTCOME_DONE = 'done'

/** The network of an anonymous request, as a keyed hash. */
export const toNetworkTrace = (sourceIp: string): Access['asked'] => ({
  network: networkHash(getSettings().RECEIPT_KEY, sourceIp),
})

/** The customer id in a path. Nothing else of the path is kept, since it may hold anything. */
function getCustomerId({ path }: Route, { pathParameters }: APIGatewayProxyEvent): string | undefined {
  return path.startsWith('/v1/customers/{id}') ? customerId.safeParse(pathParameters?.id).data : undefined
}

/** Builds the access row of a request. */
function toAccess({ name, operation: { route }, event, request, accessDetails }: RequestState): Access {
  const { now: at, request_id, location, actor } = request
  const customer = getCustomerId(route, event)
  // Only functions that write access rows have the key of the hash.
  const { actor: namedActor, asked, ...disclosure } = accessDetails
  const isIdentified = actor !== PUBLIC_ACTOR || toAuditPolicy(route) === 'none'
  const trace = isIdentified ? {} : toNetworkTrace(event.requestContext.identity.sourceIp)
  return {
    at,
    request_id,
    location,
    actor: namedActor ?? actor,
    action: name,
    outcome: OUTCOME_DONE,
    asked: { ...trace, ...asked },
    ...disclosure,
    ...(customer ? { customer } : {}),
  }
}

/** Whether two rows show the same customers, in any order. */
const showsSame = (a: Disclosure, b: Disclosure): boolean =>
  a.shown_count === b.shown_count && a.shown?.toSorted().join() === b.shown?.toSorted().join()

/**
 * Writes the access row of one request. The row is written while the request is processed, as if it will succeed; if it fails, a second row
 * records the outcome.
 */
class AccessRecorder {
  readonly #accesses: AccessStore
  readonly #state: RequestState
  readonly #policy: ReturnType<typeof toAuditPolicy>
  #isAccepted = false
  #pendingWrite: Promise<void> | null = null
  /** The row that is being written, or was. */
  #written: Access | null = null

  constructor(state: RequestState) {
    this.#accesses = state.services.accesses
    this.#state = state
    this.#policy = toAuditPolicy(state.operation.route)
  }

  get #access(): Access {
    return toAccess(this.#state)
  }

  /** The request passed validation and is being processed. */
  recordAccepted(): void {
    this.#isAccepted = true
    if (this.#policy === 'always') this.#startWrite()
  }

  /** It is known, or likely, whom the response shows. If it shows others, a second row says so. */
  recordDisclosure(): void {
    if (this.#policy === 'shown' && this.#pendingWrite === null) this.#startWrite()
  }

  #startWrite(): void {
    this.#written = this.#access
    this.#pendingWrite = this.#accesses.record(this.#written)
    // A failure is reported to whoever awaits the row, and not before.
    this.#pendingWrite.catch(() => undefined)
  }

  /** The request succeeded. It fails if its access row cannot be written. */
  async recordAnswered(versions: number): Promise<void> {
    if (this.#pendingWrite) {
      await this.#pendingWrite
      const { shown, shown_count } = this.#access
      const isRecorded = this.#written === null || showsSame(this.#written, { shown, shown_count })
      if (!isRecorded) await this.#accesses.recordOutcome(this.#access, OUTCOME_DONE, { shown, shown_count })
    } else if (this.#policy === 'shown' || (this.#policy === 'reads' && versions === 0))
      await this.#accesses.record(this.#access)
  }

  /** The request was refused or failed. The caller gets the error even if the access row cannot be written. */
  async recordRefused(outcome: string): Promise<void> {
    try {
      await this.#writeRefusal(outcome)
    } catch (error) {
      const { request_id, action } = this.#access
      logger.error('untraced', { request_id, action, outcome, error: error instanceof Error ? error.name : 'unknown' })
    }
  }

  async #writeRefusal(outcome: string): Promise<void> {
    const { shown: _, shown_count: __, ...rest } = this.#access
    const access = { ...rest, outcome }
    if (this.#policy === 'none') return
    if (this.#pendingWrite) {
      await this.#pendingWrite
      await this.#accesses.recordOutcome(this.#access, outcome)
    } else if (this.#access.actor === PUBLIC_ACTOR) {
      const isRejectedEarly = !this.#isAccepted || outcome === 'unauthenticated'
      if (isRejectedEarly || this.#policy !== 'refusals') await recordRefusal(this.#accesses, access)
    } else await this.#accesses.record(access)
  }
}

/**
 * Records who called which operation, as the route's audit policy says. It must be the last middleware: what reaches it is valid.
 */
export function accessRecord(): HttpMiddleware {
  const recorders = new WeakMap<RequestState, AccessRecorder>()
  return {
    before: ({ context }) => {
      const state = getState(context)
      const recorder = new AccessRecorder(state)
      recorders.set(state, recorder)
      state.startAccessRow = () => recorder.recordDisclosure()
      recorder.recordAccepted()
    },
    after: async ({ context }) => {
      const state = getState(context)
      await recorders.get(state)?.recordAnswered(state.services.meter.versions)
    },
    onError: async ({ context: { http: state }, error }) => {
      // Without a state there is no operation to record.
      if (state === undefined) return
      await (recorders.get(state) ?? new AccessRecorder(state)).recordRefused(toProblem(error).kind)
    },
  }
}

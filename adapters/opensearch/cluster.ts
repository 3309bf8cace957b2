import type Transport from '@opensearch-project/opensearch/lib/Transport.js'
import { BrokenCircuitError, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel'
import type * as z from 'zod'
import { Unavailable } from '#domain/errors.ts'
import { toFailure, unreachable } from './errors.ts'
import type { Endpoint } from './transport.ts'

/** After this many consecutive failures the circuit opens, and calls fail at once for a while. */
const FAILURES = 5
const PAUSE_MS = 3000

const breaker = () =>
  circuitBreaker(
    handleWhen(error => error instanceof Unavailable),
    { breaker: new ConsecutiveBreaker(FAILURES), halfOpenAfter: PAUSE_MS },
  )

export interface SearchRequest extends Transport.Request {
  /** The timeout of the whole request, in milliseconds, from connecting to the end of the response. */
  within: number
}

/**
 * A cluster with timeouts and a circuit breaker. Reads and writes have separate breakers: a cluster that accepts no writes may still be
 * searched.
 */
export class Cluster {
  readonly #endpoint: Endpoint
  #transport: Promise<Transport> | null = null
  readonly #reading = breaker()
  readonly #writing = breaker()

  constructor(endpoint: Endpoint) {
    this.#endpoint = endpoint
  }

  /** The client is loaded with the first request, because most calls of most functions need none. */
  #connect(): Promise<Transport> {
    this.#transport ??= import('./transport.ts').then(({ transportTo }) => transportTo(this.#endpoint, 30_000))
    return this.#transport
  }

  /** @throws Unavailable, EngineRefusal; what `take` throws. */
  read<T>(demand: SearchRequest, schema: z.ZodType<T>, take?: (answer: T) => void): Promise<T> {
    return this.#guarded(this.#reading, demand, schema, take)
  }

  /** @throws Unavailable, EngineRefusal; what `take` throws. */
  write<T>(demand: SearchRequest, schema: z.ZodType<T>, take?: (answer: T) => void): Promise<T> {
    return this.#guarded(this.#writing, demand, schema, take)
  }

  /** `take` checks a response that may contain partial failures; what it throws counts as a failure of the request. */
  async #guarded<T>(
    policy: ReturnType<typeof breaker>,
    demand: SearchRequest,
    schema: z.ZodType<T>,
    take?: (answer: T) => void,
  ): Promise<T> {
    try {
      return await policy.execute(async () => {
        const answer = schema.parse(await this.#ask(demand))
        take?.(answer)
        return answer
      })
    } catch (error) {
      throw error instanceof BrokenCircuitError ? unreachable(Math.ceil(PAUSE_MS / 1000)) : error
    }
  }

  async #ask({ within, ...request }: SearchRequest): Promise<unknown> {
    const transport = await this.#connect()
    const response = transport.request(request, { requestTimeout: within })
    let timer: NodeJS.Timeout | undefined
    // The client's own timeout ends with the first byte of the response.
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(unreachable())
        response.abort()
      }, within)
    })
    try {
      return (await Promise.race([response, late])).body
    } catch (error) {
      throw toFailure(error)
    } finally {
      clearTimeout(timer)
    }
  }
}

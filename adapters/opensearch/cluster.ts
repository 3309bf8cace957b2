import type Transport from '@opensearch-project/opensearch/lib/Transport.js'
import { BrokenCircuitError, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel'
import type * as z from 'zod'
import { Unavailable } from '#domain/errors.ts'
import { silent, toFailure } from './errors.ts'
import { type Endpoint, transportTo } from './transport.ts'

/** After so many failures one after the other nothing is tried for a while: whoever asks is told at once. */
const FAILURES = 5
const PAUSE_MS = 3000

const breaker = () =>
  circuitBreaker(
    handleWhen(error => error instanceof Unavailable),
    { breaker: new ConsecutiveBreaker(FAILURES), halfOpenAfter: PAUSE_MS },
  )

export interface SearchRequest extends Transport.Request {
  /** Milliseconds for all of it, from the connection to the end of the answer. */
  within: number
}

/**
 * A cluster that is asked with time-outs, and left alone while it does not answer. Reading and writing are left alone each for itself: an
 * engine that takes nothing in may well be searched.
 */
export class Cluster {
  readonly #transport: Transport
  readonly #reading = breaker()
  readonly #writing = breaker()

  constructor(endpoint: Endpoint) {
    this.#transport = transportTo(endpoint, 30_000)
  }

  /** @throws Unavailable, EngineRefusal; what `take` throws. */
  read<T>(demand: SearchRequest, schema: z.ZodType<T>, take?: (answer: T) => void): Promise<T> {
    return this.#guarded(this.#reading, demand, schema, take)
  }

  /** @throws Unavailable, EngineRefusal; what `take` throws. */
  write<T>(demand: SearchRequest, schema: z.ZodType<T>, take?: (answer: T) => void): Promise<T> {
    return this.#guarded(this.#writing, demand, schema, take)
  }

  /** `take` looks at an answer that may hold failures of its parts: what it throws counts as this request's failure. */
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
      throw error instanceof BrokenCircuitError ? silent(Math.ceil(PAUSE_MS / 1000)) : error
    }
  }

  async #ask({ within, ...request }: SearchRequest): Promise<unknown> {
    const asked = this.#transport.request(request, { requestTimeout: within })
    let timer: NodeJS.Timeout | undefined
    // The client's own time-out ends with the first byte of the answer.
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(silent())
        asked.abort()
      }, within)
    })
    try {
      return (await Promise.race([asked, late])).body
    } catch (error) {
      throw toFailure(error)
    } finally {
      clearTimeout(timer)
    }
  }
}

/** The errors of a cluster: it is unreachable (Unavailable: try again later), or it refuses a request. */
import errors from '@opensearch-project/opensearch/lib/errors.js'
import * as z from 'zod'
import { Unavailable } from '#domain/errors.ts'

/** The cluster refused a request. `type` is its error type; its message is left out, because it may repeat the request. */
export class EngineRefusal extends Error {
  readonly status: number
  readonly type: string

  constructor(status: number, type: string) {
    super(`the search engine refused: ${type} (${status})`)
    this.name = 'EngineRefusal'
    this.status = status
    this.type = type
  }
}

/** Some documents of a bulk request were refused; the others were put. */
export class DocumentsRefused extends Error {
  /** @param types how many, by the cluster's error type. */
  constructor(refused: number, of: number, types: ReadonlyMap<string, number>) {
    const reasons = [...types].map(([type, count]) => `${type} (${count})`).join(', ')
    super(`${refused} of ${of} documents were refused by the search engine: ${reasons}`)
    this.name = 'DocumentsRefused'
  }
}

const SILENT = 'The search index does not answer at the moment'
const OVERLOADED = 'The search index has too much to do at the moment'
export const GONE = 'The index being built was replaced by another rebuild: start the rebuild again'
const RETRY_AFTER = 2

export const unreachable = (retryAfter = RETRY_AFTER) => new Unavailable(SILENT, retryAfter)

const NO_WAY = [
  errors.ConnectionError,
  errors.TimeoutError,
  errors.RequestAbortedError,
  errors.NoLivingConnectionsError,
  // A truncated response, or one of a proxy.
  errors.DeserializationError,
]

/** Transient statuses: too many requests, no shard available, a gateway error. */
export const isPassing = (status: number): boolean => status === 429 || (status >= 502 && status <= 504)

const refusal = z.object({ error: z.object({ type: z.string() }) })

/** An error status as an error. */
export function refused(status: number, type: string, retryAfter = RETRY_AFTER): Error {
  if (!isPassing(status)) return new EngineRefusal(status, type)
  return status === 429 ? new Unavailable(OVERLOADED, retryAfter) : unreachable(retryAfter)
}

/** Converts an error of the client. */
export function toFailure(error: unknown): unknown {
  if (NO_WAY.some(kind => error instanceof kind)) return unreachable()
  if (!(error instanceof errors.ResponseError)) return error
  const { statusCode, headers, body } = error.meta
  const parsed = refusal.safeParse(body)
  const retryAfter = Number(headers?.['retry-after'])
  return refused(
    statusCode ?? 500,
    parsed.success ? parsed.data.error.type : 'unknown',
    retryAfter > 0 ? retryAfter : RETRY_AFTER,
  )
}

export const isMissing = (error: unknown): boolean =>
  error instanceof EngineRefusal && error.type === 'index_not_found_exception'

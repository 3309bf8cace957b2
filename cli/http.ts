import { setTimeout as wait } from 'node:timers/promises'
import { secondsIn, waitBefore } from './backoff.ts'
import { NoAnswer, toCode } from './failure.ts'

const TIMEOUT_MS = 60_000

/** An HTTP request. */
export interface Sent {
  method: string
  url: string
  headers: Record<string, string>
  body?: string
}

/** An HTTP response. */
export interface Received {
  status: number
  text: string
  /** In seconds; null without the header. */
  retryAfter: number | null
  /** The Link header. */
  link: string | null
}

export interface RetryPolicy {
  /** How long a request is retried, from its first failure. */
  seconds: number
  /** Ends the wait. */
  signal?: AbortSignal | undefined
  /** Called before each wait with its reason and the number of failed attempts. */
  waiting(reason: string, tries: number): void
}

const passes = (status: number): boolean => status === 429 || status >= 500

/** The reason of a failed fetch: the code of the system error if there is one. */
function toReason(error: unknown): string {
  if (!(error instanceof Error)) return 'failed'
  if (error.name === 'TimeoutError') return 'timed out'
  return toCode(error.cause) ?? (error.cause instanceof Error ? error.cause.message : error.message)
}

/** One attempt. Returns a string with the reason if there was no response. */
async function send({ method, url, headers, body }: Sent, signal: AbortSignal | undefined): Promise<Received | string> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS)
  try {
    const response = await fetch(url, {
      method,
      headers,
      redirect: 'manual',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      ...(body === undefined ? {} : { body }),
    })
    return {
      status: response.status,
      text: await response.text(),
      retryAfter: secondsIn(response.headers.get('Retry-After'), Date.now()),
      link: response.headers.get('Link'),
    }
  } catch (error) {
    signal?.throwIfAborted()
    return toReason(error)
  }
}

/**
 * Sends a request and repeats it while the failure may be temporary: no connection, 429, 5xx. Returns the last response when the time is
 * over. Only for requests that can be repeated.
 *
 * @throws NoAnswer if there was no response
 */
export async function exchange(sent: Sent, { seconds, signal, waiting }: RetryPolicy): Promise<Received> {
  let until = Number.POSITIVE_INFINITY
  for (let tries = 1; ; tries++) {
    const received = await send(sent, signal)
    if (typeof received !== 'string' && !passes(received.status)) return received
    if (tries === 1) until = performance.now() + seconds * 1000
    const pause = waitBefore(tries, typeof received === 'string' ? null : received.retryAfter)
    if (performance.now() + pause > until) {
      if (typeof received !== 'string') return received
      throw new NoAnswer(`no answer from ${new URL(sent.url).origin} (${received}): is it running?`)
    }
    waiting(typeof received === 'string' ? received : String(received.status), tries)
    await wait(pause, undefined, { signal })
  }
}

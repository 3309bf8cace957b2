import { setTimeout as wait } from 'node:timers/promises'
import { secondsIn, waitBefore } from './backoff.ts'
import { NoAnswer, toCode } from './failure.ts'

const TIMEOUT_MS = 60_000

/** A request as it goes out. */
export interface Sent {
  method: string
  url: string
  headers: Record<string, string>
  body?: string
}

/** An answer as it came. */
export interface Received {
  status: number
  text: string
  /** Seconds, where the answer said. */
  retryAfter: number | null
  /** Its Link header. */
  link: string | null
}

export interface RetryPolicy {
  /** For how long a request is tried again, counted from its first failure. */
  seconds: number
  /** Ends the waiting. */
  signal?: AbortSignal | undefined
  /** Told before each wait: why, and how many tries have failed. */
  waiting(reason: string, tries: number): void
}

const passes = (status: number): boolean => status === 429 || status >= 500

/** Why fetch got nothing: the code of the system's error where there is one. */
function toReason(error: unknown): string {
  if (!(error instanceof Error)) return 'failed'
  if (error.name === 'TimeoutError') return 'timed out'
  return toCode(error.cause) ?? (error.cause instanceof Error ? error.cause.message : error.message)
}

/** One try. A string says why there was no answer. */
async function send({ method, url, headers, body }: Sent, signal: AbortSignal | undefined): Promise<Received | string> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS)
  try {
    const answer = await fetch(url, {
      method,
      headers,
      redirect: 'manual',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      ...(body === undefined ? {} : { body }),
    })
    return {
      status: answer.status,
      text: await answer.text(),
      retryAfter: secondsIn(answer.headers.get('Retry-After'), Date.now()),
      link: answer.headers.get('Link'),
    }
  } catch (error) {
    signal?.throwIfAborted()
    return toReason(error)
  }
}

/**
 * Sends a request, again and again while what stands in its way may pass: no connection, 429, 5xx. Gives the last answer when patience
 * ends. Only for requests that may be sent twice.
 *
 * @throws NoAnswer when there was none at all
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

import type { RowBatch } from './batches.ts'

const share = (a: RowBatch, b: RowBatch): boolean => [...a.keys].some(key => b.keys.has(key))

/**
 * Sends batches concurrently. Batches with the same customer are sent in order, so that later rows of a file are ingested later. The first
 * failure, or an interruption, ends the others.
 */
export async function sendAll(
  batches: AsyncIterable<RowBatch>,
  width: number,
  send: (batch: RowBatch, signal: AbortSignal) => Promise<void>,
  interrupted: AbortSignal,
): Promise<void> {
  const stop = new AbortController()
  const signal = AbortSignal.any([stop.signal, interrupted])
  const flying = new Map<RowBatch, Promise<void>>()
  const start = (batch: RowBatch) => {
    const flight = send(batch, signal)
      .catch((error: unknown) => stop.abort(error))
      .finally(() => flying.delete(batch))
    flying.set(batch, flight)
  }
  /** The batches that a batch must wait for; undefined if none. */
  const findBlocker = (batch: RowBatch): Promise<void> | undefined => {
    const before = [...flying.keys()].find(earlier => share(batch, earlier))
    return before ? flying.get(before) : flying.size >= width ? Promise.race(flying.values()) : undefined
  }
  try {
    for await (const batch of batches) {
      for (let wait = findBlocker(batch); wait; wait = findBlocker(batch)) await wait
      signal.throwIfAborted()
      start(batch)
    }
  } finally {
    await Promise.all(flying.values())
  }
  signal.throwIfAborted()
}

/** The thread of an index in memory: it answers calls until it is ended. */
import { parentPort } from 'node:worker_threads'
import { Unavailable } from '#domain/errors.ts'
import type { Call, ChangedCounts, Reply } from './index-calls.ts'
import { MemoryIndex } from './memory-index.ts'

const changed = new Set<string>()
const index = new MemoryIndex({ counted: word => changed.add(word) })

async function takeCounts(): Promise<ChangedCounts> {
  const tokens = await index.tokens()
  const words = [...changed].map(word => [word, tokens.count(word)] as const)
  changed.clear()
  return { words, total: tokens.total() }
}

async function answer({ id, method, args }: Call): Promise<Reply> {
  try {
    const value: unknown = await Reflect.apply(index[method], index, args)
    return { id, value, counts: await takeCounts() }
  } catch (error) {
    const retryAfter = error instanceof Unavailable ? error.retryAfter : null
    return { id, error: error instanceof Error ? error.message : String(error), retryAfter, counts: await takeCounts() }
  }
}

parentPort?.on('message', async (call: Call) => {
  parentPort?.postMessage(JSON.stringify(await answer(call)))
})

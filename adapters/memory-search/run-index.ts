/** The thread of an index in memory: it answers calls until it is ended. */
import { setPriority } from 'node:os'
import { parentPort } from 'node:worker_threads'
import { Unavailable } from '#domain/errors.ts'
import type { Call, ChangedCounts, Outcome, Reply } from './index-calls.ts'
import { MemoryIndex } from './memory-index.ts'

/** How much later than the others the system runs this thread if the machine is busy: 0 to 19. */
const NICENESS = 5
// Requests that need no search do not wait for those that do. On Linux this is about the thread, elsewhere about the process.
if (process.platform === 'linux') setPriority(NICENESS)

const changed = new Set<string>()
const index = new MemoryIndex({ counted: word => changed.add(word) })

async function takeCounts(): Promise<ChangedCounts> {
  const tokens = await index.tokens()
  const words = [...changed].map(word => [word, tokens.count(word)] as const)
  changed.clear()
  return { words, total: tokens.total() }
}

async function run({ method, args }: Call): Promise<Outcome> {
  try {
    const value: unknown = await Reflect.apply(index[method], index, args)
    return { value }
  } catch (error) {
    const retryAfter = error instanceof Unavailable ? error.retryAfter : null
    return { error: error instanceof Error ? error.message : String(error), retryAfter }
  }
}

parentPort?.on('message', async (call: Call) => {
  const outcome = await run(call)
  const reply: Reply = { id: call.id, counts: await takeCounts(), ...outcome }
  parentPort?.postMessage(JSON.stringify(reply))
})

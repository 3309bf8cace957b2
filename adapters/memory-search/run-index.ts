/** The thread of an index in memory: it answers calls until it is ended. */
import { setPriority } from 'node:os'
import { parentPort } from 'node:worker_threads'
import { Unavailable } from '#domain/errors.ts'
import type { TokenCounts } from '#domain/matching/port.ts'
import type { Candidate, IndexEntry } from '#domain/search/port.ts'
import { type Call, type ChangedCounts, isSearch, mapEach, type Outcome, type Reply } from './index-calls.ts'
import { KeptCandidates } from './kept-candidates.ts'
import { MemoryIndex } from './memory-index.ts'

/** How much later than the others the system runs this thread if the machine is busy: 0 to 19. */
const NICENESS = 5
// Requests that need no search do not wait for those that do. On Linux this is about the thread, elsewhere about the process.
if (process.platform === 'linux') setPriority(NICENESS)

const changed = new Set<string>()
const index = new MemoryIndex({ counted: word => changed.add(word) })
const kept = new KeptCandidates()

function takeCounts(tokens: TokenCounts): ChangedCounts {
  const words = [...changed].map(word => [word, tokens.count(word)] as const)
  changed.clear()
  return { words, total: tokens.total() }
}

/** Deletes the customers that are indexed anew, or all when another index is used. Nobody is kept whom the index no longer has. */
function deleteKept({ method, args: [entries] }: Call): string[] {
  const ids =
    method === 'promote' ? kept.ids() : method === 'put' ? (entries as readonly IndexEntry[]).map(({ id }) => id) : []
  return ids.filter(id => kept.delete(id))
}

/** Keeps what a search has found, and returns what was not kept before. */
function keep(found: readonly Candidate[]): Candidate[] {
  const added = found.filter(({ id, person, past }) => {
    const known = kept.get(id)
    return known?.person !== person || known.past !== past
  })
  for (const candidate of added) kept.add(candidate)
  return added
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

function toReply(call: Call, outcome: Outcome, tokens: TokenCounts): Reply {
  const reply = { id: call.id, counts: takeCounts(tokens), deleted: [], added: [], ...outcome }
  if ('error' in outcome) return reply
  if (!isSearch(call.method)) return { ...reply, deleted: deleteKept(call) }
  const found = outcome.value as Candidate[] | Candidate[][]
  return { ...reply, added: keep(found.flat()), value: mapEach(found, ({ id }) => id) }
}

parentPort?.on('message', async (call: Call) => {
  const outcome = await run(call)
  const tokens = await index.tokens()
  // From here on nothing is awaited: the other side keeps the same customers if it gets the replies in the order in which they were made.
  parentPort?.postMessage(JSON.stringify(toReply(call, outcome, tokens)))
  kept.trim()
})

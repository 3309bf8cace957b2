import type { LocationStore } from '../locations/port.ts'
import type { RequestContext } from '../ports.ts'
import { after, entriesBetween, FIRST } from './entries.ts'
import type { AuditIndex, AuditStore, Entry, IndexCheckpoint } from './port.ts'
import { CHUNK, highWatermark } from './seal.ts'

/** Entries that are put at once. */
const PAGE_SIZE = 1000
/** How many characters the moment has that a key begins with. */
const INSTANT = 24

const earlierKey = (a: string, b: string): string => (a < b ? a : b)

/** An empty index, where nothing is known of one or the one that was known is gone; unless somebody else was first. */
async function beginAnew(audit: AuditStore, index: AuditIndex, at: IndexCheckpoint | null): Promise<void> {
  await audit.putCarried({ index: await index.begin(), from: FIRST, to: FIRST, n: (at?.n ?? 0) + 1 }, at)
}

/** How far entries were carried, once it is said that they are read up to there; null: somebody else was first. */
async function readingTo(audit: AuditStore, until: string): Promise<IndexCheckpoint | null> {
  const at = await audit.carried()
  if (at === null || at.to >= until) return at
  const further = { ...at, to: until, n: at.n + 1 }
  return (await audit.putCarried(further, at)) ? further : null
}

/** One run, from where it is on: whether it came to the end. `put` is told of each piece and how far one is with it, and says whether to go on. */
async function inPieces(
  entries: AsyncIterable<Entry>,
  until: string,
  most: number,
  put: (piece: readonly Entry[], from: string) => Promise<boolean>,
): Promise<boolean> {
  let piece: Entry[] = []
  for await (const entry of entries) {
    piece.push(entry)
    if (piece.length < most) continue
    if (!(await put(piece, after(entry.key)))) return false
    piece = []
  }
  return put(piece, until)
}

/**
 * Carries entries from the tables to an index, from where the last run ended up to a moment safely past (`highWatermark`), as long as `goOn`
 * says so: one piece at least. How many were put.
 * 1. It says how far it will read, so that whoever has an entry that came late knows whether it may have been passed over.
 * 2. It reads, consistently, and puts, a piece at a time.
 * 3. After each it notes how far it came, unless somebody set it back meanwhile (`rewind`): then it begins there.
 *
 * @param ports `audit`: one that reads consistently.
 * @throws Unavailable
 */
export async function carryEntries(
  { audit, locations }: { audit: AuditStore; locations: LocationStore },
  index: AuditIndex,
  { now }: Pick<RequestContext, 'now'>,
  margin: number,
  goOn: () => boolean,
  most = PAGE_SIZE,
): Promise<number> {
  let count = 0
  const until = await highWatermark({ locations }, now, margin)
  if (until === null) return count
  if ((await audit.carried()) === null) await beginAnew(audit, index, null)
  let done = false
  do {
    let at = await readingTo(audit, until)
    if (at === null) continue
    if (at.from >= until) break
    const put = async (piece: readonly Entry[], from: string): Promise<boolean> => {
      if (at === null) return false
      if (!(await index.put(at.index, piece))) {
        await beginAnew(audit, index, at)
        return false
      }
      const further = { ...at, from, n: at.n + 1 }
      at = (await audit.putCarried(further, at)) ? further : null
      if (at !== null) count += piece.length
      return at !== null && goOn()
    }
    done = await inPieces(entriesBetween(audit, { above: at.from, below: until }, false, CHUNK), until, most, put)
  } while (!done && goOn())
  return count
}

/** Entries from the moment of a key on are carried again, if any of them were. */
export async function rewind(audit: AuditStore, key: string): Promise<void> {
  for (;;) {
    const at = await audit.carried()
    if (at === null || at.to <= key) return
    if (await audit.putCarried({ ...at, from: earlierKey(at.from, key.slice(0, INSTANT)), n: at.n + 1 }, at)) return
  }
}

/**
 * What has come to the tables so late that it may have been passed over is carried again. Of what is not older than half the margin there
 * is nothing to do and nothing to read, since nobody carries that already.
 *
 * @param keys of entries that are in the tables before `now`.
 */
export async function rewindForLate(
  audit: AuditStore,
  keys: readonly string[],
  now: string,
  margin: number,
): Promise<void> {
  const recent = new Date(Date.parse(now) - margin / 2).toISOString()
  const late = keys.filter(key => key < recent)
  if (late.length > 0) await rewind(audit, late.reduce(earlierKey))
}

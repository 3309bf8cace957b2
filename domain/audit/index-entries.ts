import type { LocationStore } from '../locations/port.ts'
import type { RequestContext } from '../ports.ts'
import { after, CHUNK, entriesBetween, FIRST } from './entries.ts'
import { highWatermark } from './high-watermark.ts'
import type { AuditIndex, AuditStore, Entry, IndexCheckpoint } from './port.ts'

/** Entries per bulk request. */
const PAGE_SIZE = 1000
/** The length of the timestamp at the start of a key. */
const INSTANT = 24

const earlierKey = (a: string, b: string): string => (a < b ? a : b)

/** Creates an empty index if there is none, or if the known one is lost. Another process may do so first. */
async function beginAnew(audit: AuditStore, index: AuditIndex, at: IndexCheckpoint | null): Promise<void> {
  await audit.putCarried({ index: await index.begin(), from: FIRST, to: FIRST, n: (at?.n ?? 0) + 1 }, at)
}

/** Announces that entries are read up to a key. Returns the checkpoint before, or null if another process was first. */
async function readingTo(audit: AuditStore, until: string): Promise<IndexCheckpoint | null> {
  const at = await audit.carried()
  if (at === null || at.to >= until) return at
  const checkpoint = { ...at, to: until, n: at.n + 1 }
  return (await audit.putCarried(checkpoint, at)) ? checkpoint : null
}

/**
 * Reads pages from the checkpoint's position. Returns whether it reached the end. `put` receives each page and its end, and returns whether
 * to continue.
 */
async function inPieces(
  entries: AsyncIterable<Entry>,
  until: string,
  pageSize: number,
  put: (piece: readonly Entry[], from: string) => Promise<boolean>,
): Promise<boolean> {
  let piece: Entry[] = []
  for await (const entry of entries) {
    piece.push(entry)
    if (piece.length < pageSize) continue
    if (!(await put(piece, after(entry.key)))) return false
    piece = []
  }
  return put(piece, until)
}

/**
 * Copies entries from the tables to the index, from the checkpoint up to the high-water mark, at least one page and further while `hasTime`
 * returns true. Returns how many were put.
 * 1. It announces how far it will read, so that a late entry can tell whether it may have been missed.
 * 2. It reads consistently and puts page by page.
 * 3. After each page it moves the checkpoint, unless someone rewound it meanwhile (`rewind`); then it continues from there.
 *
 * @param ports `audit` must read consistently.
 * @throws Unavailable
 */
export async function carryEntries(
  { audit, locations }: { audit: AuditStore; locations: LocationStore },
  index: AuditIndex,
  { now }: Pick<RequestContext, 'now'>,
  margin: number,
  hasTime: () => boolean,
  pageSize = PAGE_SIZE,
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
      const checkpoint = { ...at, from, n: at.n + 1 }
      at = (await audit.putCarried(checkpoint, at)) ? checkpoint : null
      if (at !== null) count += piece.length
      return at !== null && hasTime()
    }
    done = await inPieces(entriesBetween(audit, { above: at.from, below: until }, false, CHUNK), until, pageSize, put)
  } while (!done && hasTime())
  return count
}

/** Moves the checkpoint back to the timestamp of a key, if it is past it. */
export async function rewind(audit: AuditStore, key: string): Promise<void> {
  for (;;) {
    const at = await audit.carried()
    if (at === null || at.to <= key) return
    if (await audit.putCarried({ ...at, from: earlierKey(at.from, key.slice(0, INSTANT)), n: at.n + 1 }, at)) return
  }
}

/**
 * Rewinds the checkpoint for entries that arrived too late to have been indexed. Entries that are newer than half the margin need nothing,
 * because no process reads that far yet.
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

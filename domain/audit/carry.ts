import type { Call, Ports } from '../ports.ts'
import { after, entriesBetween, FIRST } from './entries.ts'
import type { AuditIndex, AuditStore, Carried, Entry } from './port.ts'
import { CHUNK, settledUntil } from './seal.ts'

/** Entries that are carried in one go. */
const PIECE = 1000
/** How many characters the moment has that a key begins with. */
const INSTANT = 24

const earlierKey = (a: string, b: string): string => (a < b ? a : b)

/** An empty index, where nothing is known of one or the one that was known is gone. Whether nobody else was first. */
async function beginAnew(audit: AuditStore, index: AuditIndex, at: Carried | null): Promise<boolean> {
  return audit.putCarried({ index: await index.begin(), from: FIRST, to: FIRST, n: (at?.n ?? 0) + 1 }, at)
}

/** Up to so many entries, and whether these are all. */
async function some(entries: AsyncIterable<Entry>): Promise<{ piece: Entry[]; all: boolean }> {
  const piece: Entry[] = []
  for await (const entry of entries) {
    if (piece.length === PIECE) return { piece, all: false }
    piece.push(entry)
  }
  return { piece, all: true }
}

/**
 * Carries entries from the tables to an index, from where the last run ended up to a moment safely past (`settledUntil`), as long as `goOn`
 * says so. How many were put. Each piece:
 * 1. says how far it will read, so that whoever has an entry that came late knows whether it was passed over;
 * 2. reads, consistently, and puts;
 * 3. notes how far it came, unless somebody set it back meanwhile (`setBack`): then it begins there.
 *
 * @param ports `audit`: one that reads consistently.
 * @throws Unavailable
 */
export async function carryEntries(
  { audit, locations }: Pick<Ports, 'audit' | 'locations'>,
  index: AuditIndex,
  { now }: Pick<Call, 'now'>,
  margin: number,
  goOn: () => boolean,
): Promise<number> {
  const until = await settledUntil({ locations }, now, margin)
  let put = 0
  while (until !== null && goOn()) {
    let at = await audit.carried()
    if (at === null) {
      await beginAnew(audit, index, at)
      continue
    }
    if (until <= at.from) break
    if (at.to < until) {
      const further = { ...at, to: until, n: at.n + 1 }
      if (!(await audit.putCarried(further, at))) continue
      at = further
    }
    const { piece, all } = await some(entriesBetween(audit, { above: at.from, below: until }, false, CHUNK))
    if (!(await index.put(at.index, piece))) {
      await beginAnew(audit, index, at)
      continue
    }
    const last = piece.at(-1)
    const from = all || last === undefined ? until : after(last.key)
    if (!(await audit.putCarried({ ...at, from, n: at.n + 1 }, at))) continue
    put += piece.length
    if (all) break
  }
  return put
}

/** Entries from the moment of a key on are carried again, if any of them were. */
export async function setBack(audit: AuditStore, key: string): Promise<void> {
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
export async function heedLate(audit: AuditStore, keys: readonly string[], now: string, margin: number): Promise<void> {
  const recent = new Date(Date.parse(now) - margin / 2).toISOString()
  const late = keys.filter(key => key < recent)
  if (late.length > 0) await setBack(audit, late.reduce(earlierKey))
}

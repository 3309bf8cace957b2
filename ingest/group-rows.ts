import type { Numbered, Row } from './row.ts'

/** The maximum number of rows held back. In files with more rows of repeated customers, some groups are divided. */
const MAX_BUFFERED = 100_000

/** A hash of 53 bits of a key, because a file may have millions: two of FNV-1a, with different seeds. Collisions do no harm. */
function toHash(key: string): number {
  let [high, low] = [0x811c9dc5, 0x050c5d1f]
  for (let n = 0; n < key.length; n++) {
    const code = key.charCodeAt(n)
    high = Math.imul(high ^ code, 0x01000193)
    low = Math.imul(low ^ code, 0x01000193)
  }
  return (high >>> 11) * 0x1_0000_0000 + (low >>> 0)
}

/** Whether a row is current: rows with dates may come in any order. */
const ofNow = (row: Row): row is Row & { key: string } => row.key !== null && !row.dated

/** What one reading of a file shows. */
export interface Overview {
  /** The hashed keys of customers with more than one current row. */
  repeated: ReadonlySet<number>
  /** Where the last row ends. */
  size: number
}

export async function surveyRows(rows: AsyncIterable<Row>): Promise<Overview> {
  const [once, more] = [new Set<number>(), new Set<number>()]
  let size = 0
  for await (const row of rows) {
    size = row.end
    if (!ofNow(row)) continue
    const key = toHash(row.key)
    if (once.has(key)) more.add(key)
    else once.add(key)
  }
  return { repeated: more, size }
}

/**
 * Groups rows: current rows of one customer come together, in order, after the others. The registry uses the last row of a customer in a
 * batch to recognise that the ones before were ingested; it could not do so across batches.
 */
export async function* groupRows(
  rows: AsyncIterable<Row>,
  more: ReadonlySet<number>,
): AsyncGenerator<readonly Numbered[]> {
  let groups = new Map<string, Numbered[]>()
  let [number, end, buffered] = [0, 0, 0]
  for await (const row of rows) {
    const numbered = { ...row, number: ++number, bytes: row.end - end }
    end = row.end
    if (!ofNow(row) || !more.has(toHash(row.key))) {
      yield [numbered]
      continue
    }
    const group = groups.get(row.key)
    if (group) group.push(numbered)
    else groups.set(row.key, [numbered])
    if (++buffered < MAX_BUFFERED) continue
    yield* groups.values()
    groups = new Map()
    buffered = 0
  }
  yield* groups.values()
}

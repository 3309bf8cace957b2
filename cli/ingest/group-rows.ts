import { createHash } from 'node:crypto'
import type { Numbered, Row } from './row.ts'

/** Rows that are kept back at most: of a file in which more are about the same customers, some of one go apart. */
const MAX_BUFFERED = 100_000

/** A key in few bytes: a file may name millions. Two that are taken for one do no harm. */
const brief = (key: string): number => createHash('sha1').update(key).digest().readUIntBE(0, 6)

/** Whether it is about a customer as of now: of rows with dates the order says nothing. */
const ofNow = (row: Row): row is Row & { key: string } => row.key !== null && !row.dated

/** The customers, in brief, whom rows are about more than once as of now. */
export async function repeated(rows: AsyncIterable<Row>): Promise<ReadonlySet<number>> {
  const [once, more] = [new Set<number>(), new Set<number>()]
  for await (const row of rows) {
    if (!ofNow(row)) continue
    const key = brief(row.key)
    if (once.has(key)) more.add(key)
    else once.add(key)
  }
  return more
}

/**
 * Rows in groups: those that are about one customer as of now go together, in their order, after the others. The registry knows from a
 * batch's last word of a customer that it has heard the ones before it; it cannot, where they come in several.
 */
export async function* together(
  rows: AsyncIterable<Row>,
  more: ReadonlySet<number>,
): AsyncGenerator<readonly Numbered[]> {
  let groups = new Map<string, Numbered[]>()
  let [number, end, held] = [0, 0, 0]
  for await (const row of rows) {
    const numbered = { ...row, number: ++number, bytes: row.end - end }
    end = row.end
    if (!ofNow(row) || !more.has(brief(row.key))) {
      yield [numbered]
      continue
    }
    const group = groups.get(row.key)
    if (group) group.push(numbered)
    else groups.set(row.key, [numbered])
    if (++held < MAX_BUFFERED) continue
    yield* groups.values()
    groups = new Map()
    held = 0
  }
  yield* groups.values()
}

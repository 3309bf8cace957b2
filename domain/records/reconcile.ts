import { Unavailable } from '../errors.ts'
import type { Call, RecordStore } from '../ports.ts'
import { causesIn, covers } from './clock.ts'
import { inConflict } from './conflicts.ts'
import { type Current, foldAll } from './current.ts'
import { take } from './take.ts'
import { type Kind, keyOf, type Version } from './version.ts'

/** Two versions that neither writer of which knew the other's, and that do not agree. */
export interface Clash {
  one: Version
  other: Version
}

export interface Reconciled {
  /** How many versions were folded in. */
  folded: number
  /** How many wait for what they were made from. */
  waiting: number
  clashes: Clash[]
}

const byRecording = (a: Version, b: Version): number => (a.recorded_at < b.recorded_at ? -1 : 1)

/** The first version of a record's life: its writer knew nothing. */
const isBeginning = (v: Version): boolean => v.prev === undefined && Object.keys(v.clock).length === 1

const clashesAmong = (versions: readonly Version[], with_: readonly Version[]): Clash[] =>
  with_.flatMap(one => versions.filter(other => other !== one && inConflict(one, other)).map(other => ({ one, other })))

/** Folds versions into a row; those whose causes are not there wait in it. `fetch` reads one that has waited. */
async function foldInto(
  store: RecordStore,
  row: Current,
  arrived: readonly Version[],
): Promise<Reconciled & { row: Current }> {
  const read = store.versions(row.kind, row.id, true)
  const clashes: Clash[] = []
  let [known, folded] = [row, 0]
  let open = arrived.filter(v => !covers(row.clock, v)).toSorted(byRecording)
  for (let looked = false; ; ) {
    const ready = open.find(v => causesIn(known.clock, v))
    if (ready) {
      const taken = await take(known, ready, read)
      clashes.push(...clashesAmong(taken.unknown, [ready]))
      known = taken.row
      folded += 1
      open = open.filter(v => !covers(known.clock, v))
    } else if (folded > 0 && !looked && known.waiting.length > 0) {
      // What came may have been what others waited for.
      looked = true
      const waited = await Promise.all(known.waiting.map(key => store.version(row.kind, row.id, key)))
      const more = waited.filter(v => v !== null).filter(v => !open.some(other => keyOf(other) === keyOf(v)))
      open = [...open, ...more].toSorted(byRecording)
    } else break
  }
  const waiting = [...new Set([...known.waiting, ...open.map(keyOf)])].sort()
  return { row: { ...known, waiting }, folded, waiting: waiting.length, clashes }
}

const ATTEMPTS = 40

/**
 * Folds versions of one record that arrived from elsewhere into this location's row: those whose causes are all there, the others when
 * these come. In any order, any number of times; nothing that was written here is undone, since the row is put only where it is still
 * the one that was read.
 *
 * @throws Unavailable
 */
export async function reconcile(
  store: RecordStore,
  call: Pick<Call, 'pause'>,
  kind: Kind,
  id: string,
  arrived: readonly Version[],
): Promise<Reconciled> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const row = await store.current(kind, id, true)
    if (row && arrived.every(v => covers(row.clock, v))) return { folded: 0, waiting: row.waiting.length, clashes: [] }
    // A second beginning, or none so far: others may have waited without a row to wait in.
    const whole = row === null || arrived.some(v => isBeginning(v) && !covers(row.clock, v))
    const next = whole ? await foldWhole(store, kind, id, row) : await foldInto(store, row, arrived)
    const { row: made, ...told } = next
    if (made === null) return told
    const outcome = await store.put(made, row?.clock ?? null)
    if (outcome.done) return told
    await call.pause(attempt)
  }
  throw new Unavailable('The record is being changed too often at the moment')
}

async function foldWhole(
  store: RecordStore,
  kind: Kind,
  id: string,
  row: Current | null,
): Promise<Reconciled & { row: Current | null }> {
  const versions = await store.versions(kind, id, true)({})
  const made = foldAll(versions)
  if (made === null) return { row: null, folded: 0, waiting: versions.length, clashes: [] }
  const all = versions.filter(v => covers(made.clock, v))
  const news = all.filter(v => !row || !covers(row.clock, v))
  return { row: made, folded: news.length, waiting: made.waiting.length, clashes: clashesAmong(all, news) }
}

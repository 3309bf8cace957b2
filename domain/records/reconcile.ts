import { Unavailable } from '../errors.ts'
import type { Call, DisputeStore, RecordStore } from '../ports.ts'
import { causesIn, covers } from './clock.ts'
import { type Current, foldAll } from './current.ts'
import { type Dispute, disputesAfter, disputesAmong } from './dispute.ts'
import { lies } from './grave.ts'
import { take, unknownTo } from './take.ts'
import { type Kind, keyOf, type Version } from './version.ts'

export interface Reconciled {
  /** How many versions were folded in. */
  folded: number
  /** How many wait for what they were made from. */
  waiting: number
  /** How many fields are in dispute. */
  disputes: number
}

/** What some versions make of a record. */
interface Made {
  row: Current | null
  folded: number
  waiting: number
  disputes: Dispute[]
}

const byRecording = (a: Version, b: Version): number => (a.recorded_at < b.recorded_at ? -1 : 1)

/** The first version of a record's life. */
const isBeginning = (v: Version): boolean => v.action === 'create'

async function foldWhole(store: RecordStore, kind: Kind, id: string, row: Current | null): Promise<Made> {
  const { versions, grave } = await store.whole(kind, id)
  if (grave.erased) await store.remove(versions)
  const made = grave.erased ? null : foldAll(versions, grave)
  if (made === null) return { row: null, folded: 0, waiting: versions.length, disputes: [] }
  const all = versions.filter(v => covers(made.clock, v) && !lies(grave, v))
  const folded = all.filter(v => !row || !covers(row.clock, v)).length
  return { row: made, folded, waiting: made.waiting.length, disputes: disputesAmong(all) }
}

/** Folds versions into a row; those whose causes are not there wait in it. */
async function foldInto(
  store: RecordStore,
  row: Current,
  open: readonly Dispute[],
  arrived: readonly Version[],
): Promise<Made> {
  const read = store.versions(row.kind, row.id, true)
  let [known, disputes, folded] = [row, open, 0]
  let left = arrived.toSorted(byRecording)
  for (let looked = false; ; ) {
    left = left.filter(v => !covers(known.clock, v))
    const ready = left.find(v => causesIn(known.clock, v))
    if (ready) {
      const taken = await take(known, ready, read)
      known = taken.row
      disputes = disputesAfter(disputes, ready, taken.unknown)
      folded += 1
      continue
    }
    if (looked || folded === 0 || known.waiting.length === 0) break
    // What came may have been what others waited for.
    looked = true
    const waited = await Promise.all(known.waiting.map(key => store.version(row.kind, row.id, key)))
    const more = new Map([...left, ...waited.filter(v => v !== null)].map(v => [keyOf(v), v]))
    left = [...more.values()].toSorted(byRecording)
  }
  const waiting = [...new Set([...known.waiting, ...left.map(keyOf)])].sort()
  return { row: { ...known, waiting }, folded, waiting: waiting.length, disputes: [...disputes] }
}

/**
 * Disputes with those of versions that are in the row already: they come a second time, or who found no row folded them with the rest, and
 * then what they dispute was not noted. (What waited in a row that was thrown away is noted when the views are made anew.)
 */
async function noted(
  store: RecordStore,
  row: Current,
  open: readonly Dispute[],
  known: readonly Version[],
): Promise<readonly Dispute[]> {
  if (row.forked === null) return open
  const read = store.versions(row.kind, row.id, true)
  let disputes = open
  for (const v of known.toSorted(byRecording)) disputes = disputesAfter(disputes, v, await unknownTo(row, v, read))
  return disputes
}

const ATTEMPTS = 40

/**
 * Folds versions of one record that arrived from elsewhere into this location's row: those whose causes are all there, the others when
 * these come. In any order, any number of times; nothing that was written here is undone, since the row is put only where it is still
 * the one that was read. What is in dispute is put first: where this breaks off in between, it comes again.
 *
 * @throws Unavailable
 */
export async function reconcile(
  { records: store, disputes }: { records: RecordStore; disputes: DisputeStore },
  call: Pick<Call, 'pause'>,
  kind: Kind,
  id: string,
  arrived: readonly Version[],
): Promise<Reconciled> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const row = await store.current(kind, id, true)
    const news = arrived.filter(v => !row || !covers(row.clock, v))
    // A second beginning, or none so far: others may have waited without a row to wait in.
    const whole = row === null || news.some(isBeginning)
    // Where nothing was ever concurrent, nothing is in dispute.
    const open = row?.forked || whole ? await disputes.of(kind, id) : []
    const made = whole ? await foldWhole(store, kind, id, row) : await foldInto(store, row, open, news)
    if (made.row === null) return { folded: 0, waiting: made.waiting, disputes: 0 }
    const known = whole ? [] : arrived.filter(v => covers(row.clock, v) && !covers(row.purged, v))
    const now = await noted(store, made.row, made.disputes, known)
    await disputes.replace(open, now)
    const told = { folded: made.folded, waiting: made.waiting, disputes: now.length }
    if (row && made.folded === 0 && made.waiting === row.waiting.length) return told
    const outcome = await store.put(made.row, row?.clock ?? null)
    if (outcome.done) return told
    await call.pause(attempt)
  }
  throw new Unavailable('The record is being changed too often at the moment')
}

/** Takes those disputes off that a version written here settles: its writer knew more than one location's versions. */
export async function settle(disputes: DisputeStore, written: Version): Promise<void> {
  if (Object.keys(written.clock).length < 2) return
  const open = await disputes.of(written.kind, written.id)
  await disputes.replace(open, disputesAfter(open, written, []))
}

import pMap from 'p-map'
import type { PairStore } from '../duplicates/port.ts'
import { Gone, StateConflict } from '../errors.ts'
import type { Heartbeat } from '../locations/port.ts'
import type { RequestContext } from '../ports.ts'
import { applyTombstone, deletePurgedVersions } from '../records/apply-tombstone.ts'
import type { CurrentRecord } from '../records/current.ts'
import type { RecordStore } from '../records/port.ts'
import { isCovered } from '../records/tombstone.ts'
import { unacknowledged } from './acknowledged.ts'
import { copiesOf, removeCopies } from './copies.ts'
import { type Rule, retentionStatus } from './policy.ts'
import type { Purge, RetentionStores, Step } from './port.ts'
import { expire, markPurged } from './purge.ts'
import { purgeAbout } from './related-data.ts'

export type RoundPorts = { records: RecordStore; pairs: PairStore } & Pick<RetentionStores, 'erasures' | 'purges'>

/** The settings of a run. */
export interface RunContext extends Rule {
  context: RequestContext
  /** All customer types, in order. */
  types: readonly string[]
  /** The current time. */
  now(): string
  /** How long a phase waits after all locations have acknowledged the one before, in seconds. */
  wait: number
  beats: readonly Heartbeat[]
}

/** What was done with the customers of a purge, and why others stay. */
export interface RunCounts {
  expired: number
  marked: number
  removed: number
  changed: number
  unheard: number
  waiting: number
  waiting_for: readonly string[]
}

export const NOTHING_DONE: RunCounts = {
  expired: 0,
  marked: 0,
  removed: 0,
  changed: 0,
  unheard: 0,
  waiting: 0,
  waiting_for: [],
}

/** Customers processed concurrently. */
const CONCURRENCY = 10

const mapConcurrently = <T>(ids: readonly string[], work: (id: string) => Promise<T>): Promise<T[]> =>
  pMap(ids, work, { concurrency: CONCURRENCY })

const count = <T>(results: readonly T[], value: T): number => results.filter(result => result === value).length

/** Phase 1 for one customer: expires it if it is still due. An interrupted attempt may have done so already. */
async function expireOne(
  ports: RoundPorts,
  { context, ...rule }: RunContext,
  id: string,
): Promise<'expired' | 'changed'> {
  let expired = false
  const isDue = (row: CurrentRecord) => retentionStatus(row, rule, context.now) === 'due'
  try {
    expired = await expire(ports.records, context, id, isDue)
    if (!expired) expired = typeof (await ports.records.current('customer', id, true))?.stateBeforeExpiry === 'string'
    return expired ? 'expired' : 'changed'
  } catch (error) {
    if (error instanceof Gone) return 'changed'
    throw error
  }
}

/** Phase 2 for one customer: marks it as purged unless it was changed meanwhile. A lost row is rebuilt first. */
async function markOne(ports: RoundPorts, context: RequestContext, id: string): Promise<'marked' | 'changed' | 'gone'> {
  for (const again of [true, false]) {
    try {
      await markPurged(ports.records, context, id)
      return 'marked'
    } catch (error) {
      if (!(error instanceof StateConflict)) throw error
    }
    if ((await ports.records.current('customer', id, true)) !== null) return 'changed'
    if (again) await applyTombstone(ports.records, context, 'customer', id)
  }
  return 'gone'
}

/** Phase 3 for one customer: deletes its versions and related data, and what others copied of it, unless it is on the list again. */
async function deleteVersions(ports: RoundPorts, context: RequestContext, id: string): Promise<boolean> {
  const partition = await ports.records.loadPartition('customer', id)
  const { versions, tombstone } = partition
  if (versions.every(v => isCovered(tombstone, v)))
    for (const copy of copiesOf(id, versions)) await removeCopies(ports.records, context, copy)
  const { removed, left: remaining } = await deletePurgedVersions(ports.records, 'customer', id, partition)
  if (remaining === 0) await purgeAbout(ports, context, id)
  return removed > 0
}

const later = (instant: string, seconds: number): string => new Date(Date.parse(instant) + seconds * 1000).toISOString()

/** Why the purge must wait: for acknowledgements of an instant, or for the waiting time after them. Null if it need not. */
function waitReason(customers: number, working: RunContext, until: string): RunCounts | null {
  const missing = unacknowledged(working.beats, working.context.location, until)
  if (working.now() < until) return { ...NOTHING_DONE, waiting: customers }
  return missing.length > 0 ? { ...NOTHING_DONE, unheard: customers, waiting_for: missing } : null
}

/** Advances a purge by one step, or returns why it cannot. */
async function step(
  ports: RoundPorts,
  working: RunContext,
  purge: Purge,
): Promise<{ done: RunCounts; reached: Step | 'end' | null }> {
  const { customers, steps } = purge
  const { context, wait } = working
  const acknowledged = (at: string, reached: Step) => {
    const reason = waitReason(customers.length, working, at)
    return reason ? { done: reason, reached: null } : { done: NOTHING_DONE, reached }
  }
  if (steps.mark_heard !== undefined) {
    const reason = waitReason(customers.length, working, later(steps.mark_heard, wait))
    if (reason) return { done: reason, reached: null }
    const removed = count(await mapConcurrently(customers, id => deleteVersions(ports, context, id)), true)
    return { done: { ...NOTHING_DONE, removed }, reached: 'end' }
  }
  if (steps.marked !== undefined) return acknowledged(steps.marked, 'mark_heard')
  if (steps.expiry_heard !== undefined) {
    const reason = waitReason(customers.length, working, later(steps.expiry_heard, wait))
    if (reason) return { done: reason, reached: null }
    const results = await mapConcurrently(customers, id => markOne(ports, context, id))
    const done = { ...NOTHING_DONE, marked: count(results, 'marked'), changed: count(results, 'changed') }
    return { done, reached: 'marked' }
  }
  if (steps.expired !== undefined) return acknowledged(steps.expired, 'expiry_heard')
  const results = await mapConcurrently(customers, id => expireOne(ports, working, id))
  const done = { ...NOTHING_DONE, expired: count(results, 'expired'), changed: count(results, 'changed') }
  return { done, reached: 'expired' }
}

export function sumCounts(a: RunCounts, b: RunCounts): RunCounts {
  const sums = { ...a }
  for (const name of ['expired', 'marked', 'removed', 'changed', 'unheard', 'waiting'] as const) sums[name] += b[name]
  return { ...sums, waiting_for: [...new Set([...a.waiting_for, ...b.waiting_for])].sort() }
}

/**
 * Advances the customers of a purge as far as possible:
 * 1. they expire;
 * 2. once every location has acknowledged that, and the waiting time is over, they are marked as purged;
 * 3. once the same is true of the marks, their versions are deleted.
 *
 * The waiting time starts with the acknowledgement: what a location wrote while it was cut off has that time to arrive after its return.
 * Each step can be repeated after an interruption.
 *
 * @throws Unavailable
 */
export async function advance(ports: RoundPorts, working: RunContext, purge: Purge): Promise<RunCounts> {
  let all = NOTHING_DONE
  for (let latest = purge; ; ) {
    const { done, reached } = await step(ports, working, latest)
    all = sumCounts(all, done)
    if (reached === null) return all
    if (reached === 'end') {
      await ports.purges.end(purge.id)
      return all
    }
    const at = working.now()
    await ports.purges.done(purge.id, reached, at)
    latest = { ...latest, steps: { ...latest.steps, [reached]: at } }
  }
}

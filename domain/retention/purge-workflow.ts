import type { PairStore } from '../duplicates/port.ts'
import { Gone } from '../errors.ts'
import type { Heartbeat } from '../locations/port.ts'
import type { RequestContext } from '../ports.ts'
import type { CurrentRecord } from '../records/current.ts'
import type { RecordStore } from '../records/port.ts'
import { isCovered } from '../records/tombstone.ts'
import { unacknowledged } from './acknowledged.ts'
import { copiesOf, removeCopies } from './copies.ts'
import { type Rule, retentionStatus } from './policy.ts'
import type { Purge, RetentionStores, Step } from './port.ts'
import { expire, markPurged, sweep } from './purge.ts'
import { purgeAbout } from './related-data.ts'
import { mapConcurrently, type PurgeStatus, purgeStatuses, takeBack } from './take-back.ts'

export type PurgePorts = { records: RecordStore; pairs: PairStore } & Pick<RetentionStores, 'erasures' | 'purges'>

/** The settings of a run. */
export interface RunContext extends Rule {
  context: RequestContext
  /** All customer types, in order. */
  types: readonly string[]
  /** The current time. */
  now(): string
  /** How long a phase waits after all locations have acknowledged the one before, in seconds. */
  wait: number
  heartbeats: readonly Heartbeat[]
}

/** What was done with the customers of a purge, and why others stay. */
export interface RunCounts {
  expired: number
  marked: number
  removed: number
  /** Taken back, because the policy does not remove them any more, or because the purge was cancelled. */
  returned: number
  changed: number
  unheard: number
  waiting: number
  waiting_for: readonly string[]
}

export const NOTHING_DONE: RunCounts = {
  expired: 0,
  marked: 0,
  removed: 0,
  returned: 0,
  changed: 0,
  unheard: 0,
  waiting: 0,
  waiting_for: [],
}

const count = <T>(results: readonly T[], value: T): number => results.filter(result => result === value).length

/** Phase 1 for one customer: expires it if it is still due. An interrupted attempt may have done so already. */
async function expireOne(
  ports: PurgePorts,
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

/** The customers with a status. */
const withStatus = (all: ReadonlyMap<string, PurgeStatus>, wanted: PurgeStatus): string[] =>
  [...all].flatMap(([id, status]) => (status === wanted ? [id] : []))

/** Takes customers back, and returns how many. */
const returnAll = async (ports: PurgePorts, context: RequestContext, ids: readonly string[], isActivity = false) =>
  count(await mapConcurrently(ids, id => takeBack(ports.records, context, id, isActivity)), true)

/** Phase 2: marks the customers who are still due as purged, and takes those back who are not. */
async function markAll(ports: PurgePorts, runContext: RunContext, customers: readonly string[]): Promise<RunCounts> {
  const { context, ...rule } = runContext
  const all = await purgeStatuses(ports.records, customers, rule, context.now)
  const returned = await returnAll(ports, context, withStatus(all, 'returns'))
  const marks = await mapConcurrently(withStatus(all, 'due'), id => markPurged(ports.records, id))
  const changed = withStatus(all, 'changed').length + count(marks, false)
  return { ...NOTHING_DONE, marked: count(marks, true), changed, returned }
}

/** Phase 3 for one customer: deletes its versions and related data, and what others copied of it. */
async function remove(ports: PurgePorts, context: RequestContext, id: string): Promise<boolean> {
  const partition = await ports.records.loadPartition('customer', id)
  const { versions, tombstone } = partition
  if (versions.every(v => isCovered(tombstone, v)))
    for (const copy of copiesOf(id, versions)) await removeCopies(ports.records, context, copy)
  const { removed, left } = await sweep(ports.records, context, id, partition)
  if (left === 0) await purgeAbout(ports, context, id)
  return removed > 0
}

/** Phase 3: removes the customers who are still due, and takes those back who are not, unless their deletion has begun. */
async function removeAll(ports: PurgePorts, runContext: RunContext, customers: readonly string[]): Promise<RunCounts> {
  const { context, ...rule } = runContext
  const all = await purgeStatuses(ports.records, customers, rule, context.now)
  const returned = await returnAll(ports, context, withStatus(all, 'returns'))
  const removed = count(await mapConcurrently(customers, id => remove(ports, context, id)), true)
  return { ...NOTHING_DONE, removed, changed: withStatus(all, 'changed').length, returned }
}

/** Takes every customer of a cancelled purge back whose deletion has not begun, and finishes the deletion of the others. */
async function cancelAll(ports: PurgePorts, { context }: RunContext, customers: readonly string[]): Promise<RunCounts> {
  const returned = await returnAll(ports, context, customers, true)
  const removed = count(await mapConcurrently(customers, id => remove(ports, context, id)), true)
  return { ...NOTHING_DONE, removed, returned }
}

const later = (instant: string, seconds: number): string => new Date(Date.parse(instant) + seconds * 1000).toISOString()

/** Why the purge must wait: for acknowledgements of an instant, or for the waiting time after them. Null if it need not. */
function waitReason(customers: number, runContext: RunContext, until: string): RunCounts | null {
  const missing = unacknowledged(runContext.heartbeats, runContext.context.location, until)
  if (runContext.now() < until) return { ...NOTHING_DONE, waiting: customers }
  return missing.length > 0 ? { ...NOTHING_DONE, unheard: customers, waiting_for: missing } : null
}

/** Advances a purge by one step, or returns why it cannot. */
async function step(
  ports: PurgePorts,
  runContext: RunContext,
  purge: Purge,
): Promise<{ done: RunCounts; reached: Step | 'end' | null }> {
  const { customers, steps } = purge
  const { wait } = runContext
  const acknowledged = (at: string, reached: Step) => {
    const reason = waitReason(customers.length, runContext, at)
    return reason ? { done: reason, reached: null } : { done: NOTHING_DONE, reached }
  }
  if (steps.cancelled !== undefined) return { done: await cancelAll(ports, runContext, customers), reached: 'end' }
  if (steps.mark_heard !== undefined) {
    const reason = waitReason(customers.length, runContext, later(steps.mark_heard, wait))
    if (reason) return { done: reason, reached: null }
    return { done: await removeAll(ports, runContext, customers), reached: 'end' }
  }
  if (steps.marked !== undefined) return acknowledged(steps.marked, 'mark_heard')
  if (steps.expiry_heard !== undefined) {
    const reason = waitReason(customers.length, runContext, later(steps.expiry_heard, wait))
    if (reason) return { done: reason, reached: null }
    return { done: await markAll(ports, runContext, customers), reached: 'marked' }
  }
  if (steps.expired !== undefined) return acknowledged(steps.expired, 'expiry_heard')
  const results = await mapConcurrently(customers, id => expireOne(ports, runContext, id))
  const done = { ...NOTHING_DONE, expired: count(results, 'expired'), changed: count(results, 'changed') }
  return { done, reached: 'expired' }
}

export function sumCounts(a: RunCounts, b: RunCounts): RunCounts {
  const sums = { ...a }
  for (const name of ['expired', 'marked', 'removed', 'returned', 'changed', 'unheard', 'waiting'] as const)
    sums[name] += b[name]
  return { ...sums, waiting_for: [...new Set([...a.waiting_for, ...b.waiting_for])].sort() }
}

/**
 * Advances the customers of a purge as far as possible:
 * 1. they expire;
 * 2. once every location has acknowledged that, and the waiting time is over, they are marked as purged;
 * 3. once the same is true of the marks, their versions are deleted.
 *
 * Before phases 2 and 3, the policy is asked again: who is no longer due returns. A change takes a customer back at any time before its
 * deletion.
 *
 * The waiting time starts with the acknowledgement: what a location wrote while it was cut off has that time to arrive after its return.
 * Each step can be repeated after an interruption.
 *
 * @throws Unavailable
 */
export async function advance(ports: PurgePorts, runContext: RunContext, purge: Purge): Promise<RunCounts> {
  let all = NOTHING_DONE
  for (let latest = purge; ; ) {
    const { done, reached } = await step(ports, runContext, latest)
    all = sumCounts(all, done)
    if (reached === null) return all
    if (reached === 'end') {
      await ports.purges.end(purge.id)
      return all
    }
    const at = runContext.now()
    await ports.purges.done(purge.id, reached, at)
    latest = { ...latest, steps: { ...latest.steps, [reached]: at } }
  }
}

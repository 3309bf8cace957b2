/** The stores of retention. */
import * as z from 'zod'
import type { Policy, RunReport } from '#contract/schemas/retention.ts'
import type { Access } from '../audit/port.ts'
import type { CurrentRecord } from '../records/current.ts'

/** A customer in the activity index. */
export interface Inactive {
  id: string
  /** The end of the hold; null if it has no end; absent if the customer is not held. */
  held?: string | null
  /** The retention period has ended; the customer is in a purge. */
  expired: boolean
}

/** A position among the inactive customers of a type. */
export interface InactivePosition {
  shard: number
  after: string | null
}

export interface InactiveStore {
  /** Customers of a type whose last activity was before an instant, shard by shard, after a position. */
  inactive(
    type: string,
    before: string,
    from: InactivePosition,
    limit: number,
  ): Promise<{ inactive: Inactive[]; next: InactivePosition | null }>
}

/**
 * The steps of a purge, in this order. `…_heard`: every location has acknowledged the step before. `cancelled` comes at any time and ends
 * the others.
 */
export const STEPS = ['expired', 'expiry_heard', 'marked', 'mark_heard', 'cancelled'] as const
export type Step = (typeof STEPS)[number]

/** Customers who go through the phases of a purge together. */
export interface Purge {
  /** Sorts by start time. */
  id: string
  customers: readonly string[]
  /** When each step was completed, by the clock of the purging location. */
  steps: Readonly<Partial<Record<Step, string>>>
}

/** The position of a run: among due customers (from a type on), or among the purges in progress. */
export const runPlace = z.discriminatedUnion('part', [
  z.object({ part: z.literal('due'), type: z.string(), shard: z.number(), after: z.string().nullable() }),
  z.object({ part: z.literal('purges'), after: z.string().nullable() }),
])
export type RunPlace = z.infer<typeof runPlace>

export interface StoredRun extends RunReport {
  /** The policy of the run is kept with it, to explain who was purged. */
  policy: Policy
  /** Where the next run continues; null for the beginning. */
  next: RunPlace | null
  /** The ids of the purges that it began or advanced. */
  purges: string[]
}

/** Purges and run reports: immutable rows of the registry, written by the purging location. */
export interface PurgeStore {
  begin(id: string, customers: readonly string[]): Promise<void>
  /** Records that a step is completed; the first record stays. */
  done(id: string, step: Step, at: string): Promise<void>
  /** Deletes a completed purge. */
  end(id: string): Promise<void>
  /** Purges in progress, oldest first, after an id. */
  purges(after: string | null): Promise<{ purges: Purge[]; next: string | null }>
  /** A purge in progress, by its id. */
  purge(id: string): Promise<Purge | null>
  putRun(run: StoredRun): Promise<void>
  run(id: string): Promise<StoredRun | null>
  /** Runs, newest first, after a position. */
  runs(after: string | null, limit: number): Promise<{ runs: StoredRun[]; next: string | null }>
}

/** Other data about a customer: ids of decisions, and pairs of the review queue. */
export interface About {
  decisions: string[]
  pairs: { a: string; b: string }[]
}

/** A customer that copied values from another in a merge. */
export interface Copy {
  customer: string
  from: string
}

/** The record of an erasure, stored under the id of each erased customer. */
export interface ErasureRecord {
  /** All erased customers. */
  ids: string[]
  at: string
  location: string
  removed: { versions: number; decisions: number; pairs: number; disputes: number; linked: number; copies: number }
  /** The decisions deleted with them. */
  decisions: string[]
  /** Who copied their values and stays. */
  copies: Copy[]
}

export interface ErasureStore {
  about(customer: string): Promise<About>
  /**
   * Begins an erasure, in one transaction: its record under each id, the tombstones, the deletion of the current rows, and the audit entry.
   * More than 33 customers do not fit: `keep` and the tombstones of the others follow. Returns false, and writes nothing, if one of the rows
   * has changed, or if one of the customers is already being erased.
   *
   * @param rows the current rows as they were read; a customer without one must not have one.
   */
  begin(erased: ErasureRecord, rows: readonly CurrentRecord[], access: Access): Promise<boolean>
  /** Stores an erasure under the ids that did not fit into its first transaction; the first record stays. */
  keep(erased: ErasureRecord): Promise<void>
  erased(customer: string): Promise<ErasureRecord | null>
  /** Records that nothing is left of a customer in a location's tables; the first record stays. */
  acknowledge(customer: string, location: string, at: string): Promise<void>
  acknowledged(customer: string): Promise<{ location: string; at: string }[]>
}

/** The stores of retention, besides the ports that all areas share. */
export interface RetentionStores {
  inactive: InactiveStore
  purges: PurgeStore
  erasures: ErasureStore
}

/** Data that belongs to a customer outside its record, such as purchases, and is deleted with an erased customer. */
export interface LinkedData {
  /** Deletes it and returns the number of rows. */
  forget(customer: string): Promise<number>
  /** The number of rows. */
  count(customer: string): Promise<number>
}

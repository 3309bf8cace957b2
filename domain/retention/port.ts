/** What retention asks of the tables. */
import * as z from 'zod'
import type { Policy, RunReport } from '#contract/schemas/retention.ts'

/** A customer as the index by activity tells it. */
export interface Inactive {
  id: string
  /** Held until then; `null` until it is ended; absent: not held. */
  held?: string | null
  /** Its retention has ended already: it is in a purge. */
  expired: boolean
}

/** A place among the idle customers of a type. */
export interface IdlePlace {
  shard: number
  after: string | null
}

export interface IdleStore {
  /** Customers of a type whose last activity was before an instant, partition by partition, those after a place. */
  idle(
    type: string,
    before: string,
    from: IdlePlace,
    limit: number,
  ): Promise<{ idle: Inactive[]; next: IdlePlace | null }>
}

/** What happened to the customers of a purge, in this order; `…_heard`: every location has acknowledged what came before. */
export const STEPS = ['expired', 'expiry_heard', 'marked', 'mark_heard'] as const
export type Step = (typeof STEPS)[number]

/** Some customers who go through the rounds of a purge together. */
export interface Purge {
  /** Sorts by the time at which it began. */
  id: string
  customers: readonly string[]
  /** When each step was done, by the clock of the location that purges. */
  steps: Readonly<Partial<Record<Step, string>>>
}

/** Where a run goes on: among those who are due (from a type on), or among the purges that were begun. */
export const runPlace = z.discriminatedUnion('part', [
  z.object({ part: z.literal('due'), type: z.string(), shard: z.number(), after: z.string().nullable() }),
  z.object({ part: z.literal('purges'), after: z.string().nullable() }),
])
export type RunPlace = z.infer<typeof runPlace>

export interface StoredRun extends RunReport {
  /** The policy that it went by stays with it, so that who left can be explained. */
  policy: Policy
  /** Where the next run goes on; null: from the beginning. */
  next: RunPlace | null
}

/** Purges and reports of runs: immutable rows of the registry, written by the location that purges. */
export interface PurgeStore {
  begin(id: string, customers: readonly string[]): Promise<void>
  /** Notes that a step is done; the first note stays. */
  done(id: string, step: Step, at: string): Promise<void>
  /** Takes a purge away whose rounds are over. */
  end(id: string): Promise<void>
  /** Purges that were begun and not ended, oldest first, those after an id. */
  purges(after: string | null): Promise<{ purges: Purge[]; next: string | null }>
  putRun(run: StoredRun): Promise<void>
  /** Newest first, those after a place. */
  runs(after: string | null, limit: number): Promise<{ runs: StoredRun[]; next: string | null }>
}

/** What else there is about a customer: ids of decisions, and pairs of the review queue. */
export interface About {
  decisions: string[]
  pairs: { a: string; b: string }[]
}

/** That customers were erased: kept under the id of each of them. */
export interface ErasureRecord {
  /** All of them. */
  ids: string[]
  at: string
  location: string
  removed: { versions: number; decisions: number; pairs: number; disputes: number; linked: number }
  /** Decisions that went with them. */
  decisions: string[]
}

export interface ErasureStore {
  about(customer: string): Promise<About>
  /** Keeps an erasure under each of its ids; the first one stays. */
  keep(erased: ErasureRecord): Promise<void>
  erased(customer: string): Promise<ErasureRecord | null>
  /** Notes that nothing is left of a customer in a location's tables; the first note stays. */
  acknowledge(customer: string, location: string, at: string): Promise<void>
  acknowledged(customer: string): Promise<{ location: string; at: string }[]>
}

/** The stores of retention: beside the ports that all rules share. */
export interface RetentionStores {
  idle: IdleStore
  purges: PurgeStore
  erasures: ErasureStore
}

/** What belongs to a customer outside its record (purchases, for example), and goes when that is erased. */
export interface LinkedData {
  /** Removes it, and says how many rows that were. */
  forget(customer: string): Promise<number>
  /** How many there are. */
  count(customer: string): Promise<number>
}

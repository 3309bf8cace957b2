/** What a process and the thread of its index send each other. */
import type { Candidate } from '#domain/search/port.ts'
import type { MemoryIndex } from './memory-index.ts'

export type Method = Exclude<keyof MemoryIndex, 'engine' | 'tokens'>

/** Whether a method returns customers. */
export const isSearch = (method: Method): boolean => method === 'candidates' || method === 'exact'

/** Replaces what a search has found: a list, or several. */
export const mapEach = <From, To>(found: readonly From[] | readonly From[][], replace: (element: From) => To) =>
  found.map(element => (Array.isArray(element) ? element.map(replace) : replace(element)))

export interface Call {
  id: number
  method: Method
  args: unknown[]
}

/** Customers with a word of a name that has been added to the index in use or removed from it; 0 if nobody has it any more. */
export interface ChangedCounts {
  words: (readonly [word: string, count: number])[]
  total: number
}

/** What a call returned, or why it failed; `retryAfter` in seconds if the index is not available at the moment. */
export type Outcome = { value: unknown } | { error: string; retryAfter: number | null }

/** It is sent as JSON, which the receiver reads in a third of the time that copied objects take. */
export type Reply = {
  id: number
  counts: ChangedCounts
  /** The ids of customers that are not kept any more. See `KeptCandidates`. */
  deleted: string[]
  /** Customers that are kept from now on. Of those that a search found, its value has only the ids. */
  added: Candidate[]
} & Outcome

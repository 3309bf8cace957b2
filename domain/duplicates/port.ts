/** Two customers who are probably the same, the lesser id first. */
export interface Pair {
  a: string
  b: string
  /** 0 to 1. */
  score: number
}

/** This location's review queue. */
export interface PairStore {
  /** A pair that exists already gets the new score. */
  putPairs(pairs: readonly Pair[]): Promise<void>
  dropPairs(pairs: readonly Pick<Pair, 'a' | 'b'>[]): Promise<void>
  /** Pairs after a position, likeliest first. `next` is the position of the next page, null at the end. */
  pairs(after: string | null, limit: number): Promise<{ pairs: Pair[]; next: string | null }>
}

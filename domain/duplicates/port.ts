/** Two customers who are probably the same, the lesser id first. */
export interface Pair {
  a: string
  b: string
  /** 0 to 1. */
  score: number
}

/** The pairs to be reviewed, as this location found them. */
export interface PairStore {
  /** A pair that is there gets the new score. */
  putPairs(pairs: readonly Pair[]): Promise<void>
  dropPairs(pairs: readonly Pick<Pair, 'a' | 'b'>[]): Promise<void>
  /** Likeliest first, those after a place; `next` is where the rest begins, null where there is none. */
  pairs(after: string | null, limit: number): Promise<{ pairs: Pair[]; next: string | null }>
}

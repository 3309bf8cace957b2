/** Counts of name tokens on the list, so that a rare token carries more evidence than a common one. */
export interface TokenCounts {
  /** How many listed customers have the (normalised) token. */
  count(token: string): number
  /** How many customers are listed. */
  total(): number
}

/** Counts of name tokens over the list, so that a rare token can say more than a common one. */
export interface TokenCounts {
  /** How many listed customers carry the (normalised) token. */
  count(token: string): number
  /** How many customers are listed. */
  total(): number
}

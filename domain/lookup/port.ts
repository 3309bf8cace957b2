export interface RateLimiter {
  /** Takes one from the budget of a day. Returns false if none is left. */
  consume(budget: string, day: string, limit: number): Promise<boolean>
  /**
   * Counts different values in a budget of a day. Returns false for a value that would be one too many; values that were counted before
   * cost nothing.
   */
  consumeDistinct(budget: string, day: string, value: string, limit: number): Promise<boolean>
}

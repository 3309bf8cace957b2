export interface RateLimiter {
  /** Takes one from the budget of a day. Returns false if none is left. */
  consume(budget: string, day: string, limit: number): Promise<boolean>
}

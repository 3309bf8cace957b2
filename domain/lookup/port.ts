export interface RateLimiter {
  /** Takes one from a budget that ends with the day; false when there is none left. */
  consume(budget: string, day: string, limit: number): Promise<boolean>
}

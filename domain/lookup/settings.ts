export interface LookupSettings {
  /** The key that signs receipts and hashes criteria. */
  key: string
  /** Lookups, and verifications of receipts, per source address and day. */
  budget: number
}

/** The outcome of a request without budget. */
export const REFUSED = 'refused'
/** The outcome of verifying an invalid receipt. */
export const INVALID = 'not_valid'

/** The seconds until the end of the day, in UTC. */
export const restOfDay = (now: string): number =>
  Math.ceil((Date.parse(`${now.slice(0, 10)}T00:00:00.000Z`) + 86_400_000 - Date.parse(now)) / 1000)

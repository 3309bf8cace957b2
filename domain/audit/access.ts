/** An access to the list that changed nothing. It has no personal data. */
export interface Access {
  /** ISO 8601, UTC, milliseconds. */
  at: string
  request_id: string
  location: string
  actor: string
  /** The route's name. */
  action: string
  outcome: string
  /** Keyed hashes of the criteria, by field. */
  asked: Readonly<Record<string, string>>
  /** The customer id in the path. */
  customer?: string | undefined
  /** How many requests the row stands for; 1 if absent. */
  count?: number | undefined
}

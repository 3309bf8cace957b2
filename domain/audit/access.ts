/** One access to the list that changed nothing: kept for the audit, with nothing personal in it. */
export interface Access {
  /** ISO 8601, UTC, milliseconds. */
  at: string
  request_id: string
  location: string
  actor: string
  /** The route's name. */
  action: string
  outcome: string
  /** Keyed hashes of what was asked, by field. */
  asked: Readonly<Record<string, string>>
  /** The customer whom the path named. */
  customer?: string | undefined
  /** How many requests it stands for; absent: the one. */
  count?: number | undefined
}

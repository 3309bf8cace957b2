/** The part of the audit's filter that is in the address: nothing personal. */
export interface AuditSearch {
  action?: string
  /** Days, in the reader's zone. */
  from?: string
  to?: string
  /** Ids of customers. */
  customer?: string
  shown?: string
  /** Where it was, and how it ended. */
  location?: string
  outcome?: string
}

export const SEARCH_PARAMS = [
  'action',
  'from',
  'to',
  'customer',
  'shown',
  'location',
  'outcome',
] as const satisfies (keyof AuditSearch)[]

export const toAuditSearch = (params: Record<string, unknown>): AuditSearch =>
  Object.fromEntries(SEARCH_PARAMS.flatMap(name => (params[name] ? [[name, String(params[name])]] : [])))

import type { AccessStore, AuditStore } from '#domain/audit/port.ts'
import type { BatchStore } from '#domain/batches/port.ts'
import type { PairStore } from '#domain/duplicates/port.ts'
import type { LocationStore } from '#domain/locations/port.ts'
import type { RateLimiter } from '#domain/lookup/port.ts'
import type { PurchaseStore } from '#domain/purchases/port.ts'
import type { ChangeLogStore, ListStore, RecordStore } from '#domain/records/port.ts'
import type { ErasureStore } from '#domain/retention/port.ts'
import type { CandidateIndex } from '#domain/search/port.ts'

/** All stores and indexes that the functions pass to the domain, composed in `services.ts`. */
export interface Ports {
  records: RecordStore
  lists: ListStore
  lines: ChangeLogStore
  batches: BatchStore
  budgets: RateLimiter
  accesses: AccessStore
  pairs: PairStore
  locations: LocationStore
  audit: AuditStore
  purchases: PurchaseStore
  /** The records of erasures. */
  erasures: ErasureStore
  index: CandidateIndex
}

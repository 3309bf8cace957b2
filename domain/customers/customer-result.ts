import type { Customer } from '#contract/schemas/customer.ts'
import type { CurrentRecord } from '../records/current.ts'
import { toEtag } from '../records/digest.ts'
import { toKey, type Version } from '../records/version.ts'
import { currentView, pastView } from './view.ts'

/** A customer and the ETag of its state. */
export interface CustomerResult {
  customer: Customer
  etag: string
}

export const toResult = (row: CurrentRecord): CustomerResult => ({
  customer: currentView(row),
  etag: toEtag(row.id, row.clock),
})

/** The response that a statement got when it was first made. */
export const replayResult = (row: CurrentRecord, v: Version): CustomerResult => ({
  customer: pastView(row, { key: toKey(v), state: v.snapshot, valid_to: null }),
  etag: toEtag(row.id, v.clock),
})

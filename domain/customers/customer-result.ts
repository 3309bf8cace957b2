import type { CurrentRecord } from '../records/current.ts'
import { toEtag } from '../records/digest.ts'
import { toKey, type Version } from '../records/version.ts'
import { type CurrentCustomer, currentView, pastView } from './view.ts'

/** What was done to a customer. */
export interface CustomerResult {
  customer: CurrentCustomer
}

export const toResult = (row: CurrentRecord): CustomerResult => ({ customer: currentView(row) })

/** The response that a statement got when it was first made, with the ETag of then. */
export const replayResult = (row: CurrentRecord, v: Version): CustomerResult => ({
  customer: {
    ...pastView(row, { key: toKey(v), state: v.snapshot, valid_to: null }),
    etag: toEtag(row.id, v.clock),
  },
})

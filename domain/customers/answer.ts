import type { Customer } from '#contract/schemas/customer.ts'
import type { Current } from '../records/current.ts'
import { etagOf } from '../records/digest.ts'
import { keyOf, type Version } from '../records/version.ts'
import { currentView, pastView } from './view.ts'

/** A customer, and the tag of the state that it is told in. */
export interface Answer {
  customer: Customer
  etag: string
}

export const answerOf = (row: Current): Answer => ({ customer: currentView(row), etag: etagOf(row.id, row.clock) })

/** The answer that a statement had when it was first made. */
export const answerAgain = (row: Current, v: Version): Answer => ({
  customer: pastView(row, { key: keyOf(v), state: v.snapshot, valid_to: null }),
  etag: etagOf(row.id, v.clock),
})

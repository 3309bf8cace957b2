import type { CancellationReason, TransactionCanceledException } from '@aws-sdk/client-dynamodb'
import { Unavailable } from '#domain/errors.ts'

const NOTHING_WRONG = 'None'
/** Why a transaction is cancelled when another write came first. */
const CONFLICT = 'TransactionConflict'
const LOST = new Set([NOTHING_WRONG, 'ConditionalCheckFailed', CONFLICT])
/** Why it is cancelled when there are too many. */
const BUSY = new Set(['ThrottlingError', 'ProvisionedThroughputExceeded'])

/** Whether it met another transaction that was not over: nothing is told of what is there. */
export const isConflict = ({ Code }: CancellationReason): boolean => Code === CONFLICT

/** Why a transaction was cancelled, where another write came first. @throws Unavailable where there are too many, else the error itself. */
export function lostTo(error: TransactionCanceledException): CancellationReason[] {
  const reasons = error.CancellationReasons ?? []
  const codes = reasons.map(({ Code = NOTHING_WRONG }) => Code)
  if (codes.some(code => BUSY.has(code))) throw new Unavailable('The table is throttling writes: try again')
  if (codes.some(code => !LOST.has(code))) throw error
  return reasons
}

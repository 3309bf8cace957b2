import type {
  CancellationReason,
  ConditionalCheckFailedException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb'
import { Unavailable } from '#domain/errors.ts'

/** By name: the SDK's classes would load the SDK. */
export const isConditionFailed = (error: unknown): error is ConditionalCheckFailedException =>
  error instanceof Error && error.name === 'ConditionalCheckFailedException'

export const isTransactionCancelled = (error: unknown): error is TransactionCanceledException =>
  error instanceof Error && error.name === 'TransactionCanceledException'

const NOTHING_WRONG = 'None'
/** The cancellation reason if another write came first. */
const CONFLICT = 'TransactionConflict'
const LOST = new Set([NOTHING_WRONG, 'ConditionalCheckFailed', CONFLICT])
/** The cancellation reasons under throttling. */
const BUSY = new Set(['ThrottlingError', 'ProvisionedThroughputExceeded'])

/** Whether it conflicted with a transaction in progress, in which case DynamoDB does not return the existing item. */
export const isConflict = ({ Code }: CancellationReason): boolean => Code === CONFLICT

/**
 * The reasons why a transaction was cancelled, if another write came first. @throws Unavailable under throttling; otherwise the error
 * itself.
 */
export function toCancellationReasons(error: TransactionCanceledException): CancellationReason[] {
  const reasons = error.CancellationReasons ?? []
  const codes = reasons.map(({ Code = NOTHING_WRONG }) => Code)
  if (codes.some(code => BUSY.has(code))) throw new Unavailable('The table is throttling writes: try again')
  if (codes.some(code => !LOST.has(code))) throw error
  return reasons
}

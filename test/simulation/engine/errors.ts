import {
  ConditionalCheckFailedException,
  DynamoDBServiceException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb'
import { marshall } from '@aws-sdk/util-dynamodb'
import type { Item } from './expression.ts'

const $metadata = {}

/** Errors of a table, as the SDK's clients throw them. */
export const conditionFailed = (): Error =>
  new ConditionalCheckFailedException({ message: 'The conditional request failed', $metadata })

export const invalid = (message: string): Error =>
  new DynamoDBServiceException({ name: 'ValidationException', $fault: 'client', message, $metadata })

/** Why one item of a transaction was not written. `old` is the stored item, if it was requested. */
export interface Reason {
  code: 'None' | 'ConditionalCheckFailed' | 'TransactionConflict'
  old?: Item | undefined
}

export const transactionCancelled = (reasons: readonly Reason[]): Error =>
  new TransactionCanceledException({
    message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.map(({ code }) => code).join(', ')}]`,
    $metadata,
    CancellationReasons: reasons.map(({ code, old }) => ({
      Code: code,
      ...(old ? { Item: marshall({ ...old }) } : {}),
    })),
  })

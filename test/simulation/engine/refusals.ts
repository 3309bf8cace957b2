import {
  ConditionalCheckFailedException,
  DynamoDBServiceException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb'
import { marshall } from '@aws-sdk/util-dynamodb'
import type { Item } from './expression.ts'

const $metadata = {}

/** What a table says no with, as the SDK's clients throw it. */
export const conditionFailed = (): Error =>
  new ConditionalCheckFailedException({ message: 'The conditional request failed', $metadata })

export const invalid = (message: string): Error =>
  new DynamoDBServiceException({ name: 'ValidationException', $fault: 'client', message, $metadata })

/** Why one item of a transaction was not written; `old`: the item that was there, where that was asked for. */
export interface Reason {
  code: 'None' | 'ConditionalCheckFailed' | 'TransactionConflict'
  old?: Item | undefined
}

export const cancelled = (reasons: readonly Reason[]): Error =>
  new TransactionCanceledException({
    message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.map(({ code }) => code).join(', ')}]`,
    $metadata,
    CancellationReasons: reasons.map(({ code, old }) => ({
      Code: code,
      ...(old ? { Item: marshall({ ...old }) } : {}),
    })),
  })

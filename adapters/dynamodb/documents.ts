import type {
  BatchGetCommandInput,
  BatchGetCommandOutput,
  BatchWriteCommandInput,
  BatchWriteCommandOutput,
  DeleteCommandInput,
  DeleteCommandOutput,
  GetCommandInput,
  GetCommandOutput,
  PutCommandInput,
  PutCommandOutput,
  QueryCommandInput,
  QueryCommandOutput,
  ScanCommandInput,
  ScanCommandOutput,
  TransactWriteCommandInput,
  TransactWriteCommandOutput,
  UpdateCommandInput,
  UpdateCommandOutput,
} from '@aws-sdk/lib-dynamodb'

export interface Reads {
  GetItem: { input: GetCommandInput; output: GetCommandOutput }
  BatchGetItem: { input: BatchGetCommandInput; output: BatchGetCommandOutput }
  Query: { input: QueryCommandInput; output: QueryCommandOutput }
  Scan: { input: ScanCommandInput; output: ScanCommandOutput }
}

export interface Writes {
  PutItem: { input: PutCommandInput; output: PutCommandOutput }
  UpdateItem: { input: UpdateCommandInput; output: UpdateCommandOutput }
  DeleteItem: { input: DeleteCommandInput; output: DeleteCommandOutput }
  BatchWriteItem: { input: BatchWriteCommandInput; output: BatchWriteCommandOutput }
  TransactWriteItems: { input: TransactWriteCommandInput; output: TransactWriteCommandOutput }
}

/** The operations on items, with the inputs and outputs that the SDK declares for them. */
export type Operations = Reads & Writes

/** Sends operations to the tables of an engine. Inputs, outputs and errors are the SDK's, whoever sends them. */
export interface Documents {
  send<K extends keyof Operations>(operation: K, input: Operations[K]['input']): Promise<Operations[K]['output']>
  /** Like `send`, but possibly together with other writes. */
  write<K extends keyof Writes>(operation: K, input: Writes[K]['input']): Promise<Writes[K]['output']>
  /** @throws StorageFull if the last write failed because the disk is full. */
  assertStorage(): void
  destroy(): void
}

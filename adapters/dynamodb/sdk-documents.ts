/** The SDK's clients. Functions load this module when a call needs them. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb'
import { LOCAL_IDENTITY, REQUEST_TIMEOUT_MS } from '../signed-posts.ts'
import type { Documents, Operations } from './documents.ts'
import { assertStorage, detectFullStorage } from './full-storage.ts'

export interface Engine {
  /** Default: DynamoDB of the region. */
  endpoint?: string | undefined
}

/** A client's endpoint. A local engine needs neither region nor credentials. */
export const engineAt = (endpoint: string | undefined) => (endpoint ? { endpoint, ...LOCAL_IDENTITY } : {})

/**
 * Removes the SDK's logging middleware, which prepares every input and output for a logger that is not used and takes a large part of a
 * call's time.
 */
export function withoutLog<C extends { middlewareStack: { remove(name: string): boolean } }>(client: C): C {
  client.middlewareStack.remove('loggerMiddleware')
  return client
}

/** A client with short timeouts and the SDK's jittered retries. */
export const connect = ({ endpoint }: Engine): DynamoDBClient =>
  detectFullStorage(
    withoutLog(
      new DynamoDBClient({
        maxAttempts: 5,
        requestHandler: { connectionTimeout: 5000, requestTimeout: REQUEST_TIMEOUT_MS, throwOnRequestTimeout: true },
        ...engineAt(endpoint),
      }),
    ),
  )

export const toDocumentClient = (client: DynamoDBClient): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } })

type Senders = {
  [K in keyof Operations]: (
    client: DynamoDBDocumentClient,
    input: Operations[K]['input'],
    options: object,
  ) => Promise<Operations[K]['output']>
}

const senders: Senders = {
  GetItem: (client, input, options) => client.send(new GetCommand(input), options),
  BatchGetItem: (client, input, options) => client.send(new BatchGetCommand(input), options),
  Query: (client, input, options) => client.send(new QueryCommand(input), options),
  Scan: (client, input, options) => client.send(new ScanCommand(input), options),
  PutItem: (client, input, options) => client.send(new PutCommand(input), options),
  UpdateItem: (client, input, options) => client.send(new UpdateCommand(input), options),
  DeleteItem: (client, input, options) => client.send(new DeleteCommand(input), options),
  BatchWriteItem: (client, input, options) => client.send(new BatchWriteCommand(input), options),
  TransactWriteItems: (client, input, options) => client.send(new TransactWriteCommand(input), options),
}

/** Sends every operation through the whole SDK. */
export class SdkDocuments implements Documents {
  readonly client: DynamoDBDocumentClient

  constructor(client: DynamoDBDocumentClient) {
    this.client = client
  }

  /** @param options are passed to the SDK's request handler. */
  send<K extends keyof Operations>(
    operation: K,
    input: Operations[K]['input'],
    options: object = {},
  ): Promise<Operations[K]['output']> {
    return senders[operation](this.client, input, options)
  }

  write = this.send

  assertStorage(): void {
    assertStorage(this.client)
  }

  destroy(): void {
    this.client.destroy()
  }
}

export const toDocuments = (client: DynamoDBClient): SdkDocuments => new SdkDocuments(toDocumentClient(client))

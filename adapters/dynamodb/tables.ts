import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import {
  BatchGetCommand,
  type BatchGetCommandInput,
  BatchWriteCommand,
  type BatchWriteCommandInput,
  DeleteCommand,
  type DeleteCommandInput,
  DynamoDBDocumentClient,
  GetCommand,
  type GetCommandInput,
  PutCommand,
  type PutCommandInput,
  QueryCommand,
  type QueryCommandInput,
  type QueryCommandOutput,
  ScanCommand,
  type ScanCommandInput,
  TransactWriteCommand,
  type TransactWriteCommandInput,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb'
import { CapacityMeter } from './capacity-meter.ts'
import { assertStorage, detectFullStorage } from './full-storage.ts'

export interface TableNames {
  registry: string
  views: string
}

export interface Engine {
  /** Default: DynamoDB of the region. */
  endpoint?: string | undefined
}

/** A client's endpoint. A local engine needs neither region nor credentials. */
export const engineAt = (endpoint: string | undefined) =>
  endpoint ? { endpoint, region: 'local', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } } : {}

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
        requestHandler: { connectionTimeout: 5000, requestTimeout: 10_000, throwOnRequestTimeout: true },
        ...engineAt(endpoint),
      }),
    ),
  )

export function toDocumentClient(client: DynamoDBClient): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } })
}

/** The two tables of a location. Every call requests its consumed capacity and adds it to the meter. */
export class Tables {
  readonly names: TableNames
  readonly meter: CapacityMeter
  readonly #documents: DynamoDBDocumentClient

  constructor(documents: DynamoDBDocumentClient, names: TableNames, meter = new CapacityMeter()) {
    this.#documents = documents
    this.names = names
    this.meter = meter
  }

  /** Whether both tables can be read, and the last write did not fail because the disk is full. @throws the error otherwise. */
  async answers(): Promise<true> {
    assertStorage(this.#documents)
    const Key = { pk: 'ping', sk: 'ping' }
    await Promise.all([
      this.get({ TableName: this.names.registry, Key }),
      this.get({ TableName: this.names.views, Key }),
    ])
    return true
  }

  async get(input: GetCommandInput) {
    const answer = await this.#documents.send(new GetCommand({ ...input, ReturnConsumedCapacity: 'TOTAL' }))
    this.meter.count('read', answer.ConsumedCapacity ? [answer.ConsumedCapacity] : [])
    return answer
  }

  async batchGet(input: BatchGetCommandInput) {
    const answer = await this.#documents.send(new BatchGetCommand({ ...input, ReturnConsumedCapacity: 'TOTAL' }))
    this.meter.count('read', answer.ConsumedCapacity ?? [])
    return answer
  }

  async query(input: QueryCommandInput) {
    const answer = await this.#documents.send(new QueryCommand({ ...input, ReturnConsumedCapacity: 'TOTAL' }))
    this.meter.count('read', answer.ConsumedCapacity ? [answer.ConsumedCapacity] : [])
    return answer
  }

  /** The pages of a query. The next one is requested once the previous one has been used. */
  async *pages(input: QueryCommandInput): AsyncGenerator<QueryCommandOutput> {
    let start: QueryCommandInput['ExclusiveStartKey']
    do {
      const page = await this.query({ ...input, ...(start ? { ExclusiveStartKey: start } : {}) })
      yield page
      start = page.LastEvaluatedKey
    } while (start)
  }

  async scan(input: ScanCommandInput) {
    const answer = await this.#documents.send(new ScanCommand({ ...input, ReturnConsumedCapacity: 'TOTAL' }))
    this.meter.count('read', answer.ConsumedCapacity ? [answer.ConsumedCapacity] : [])
    return answer
  }

  async put(input: PutCommandInput) {
    const answer = await this.#documents.send(new PutCommand({ ...input, ReturnConsumedCapacity: 'INDEXES' }))
    this.meter.count('write', answer.ConsumedCapacity ? [answer.ConsumedCapacity] : [])
    return answer
  }

  async update(input: UpdateCommandInput) {
    const answer = await this.#documents.send(new UpdateCommand({ ...input, ReturnConsumedCapacity: 'INDEXES' }))
    this.meter.count('write', answer.ConsumedCapacity ? [answer.ConsumedCapacity] : [])
    return answer
  }

  async remove(input: DeleteCommandInput) {
    const answer = await this.#documents.send(new DeleteCommand({ ...input, ReturnConsumedCapacity: 'INDEXES' }))
    this.meter.count('write', answer.ConsumedCapacity ? [answer.ConsumedCapacity] : [])
    return answer
  }

  async batchWrite(input: BatchWriteCommandInput) {
    const answer = await this.#documents.send(new BatchWriteCommand({ ...input, ReturnConsumedCapacity: 'INDEXES' }))
    this.meter.count('write', answer.ConsumedCapacity ?? [])
    return answer
  }

  async transactWrite(input: TransactWriteCommandInput) {
    const answer = await this.#documents.send(new TransactWriteCommand({ ...input, ReturnConsumedCapacity: 'INDEXES' }))
    this.meter.count('write', answer.ConsumedCapacity ?? [])
    return answer
  }
}

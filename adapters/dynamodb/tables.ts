import { randomUUID } from 'node:crypto'
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
import { DirectCalls, type Operation } from './direct-calls.ts'
import { assertStorage, detectFullStorage } from './full-storage.ts'
import { GroupedWrites, type Write } from './grouped-writes.ts'

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

const REQUEST_TIMEOUT_MS = 10_000

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

/** A document client whose tables are called without most of the SDK's layers. */
class DirectDocumentClient extends DynamoDBDocumentClient {
  readonly calls: DirectCalls
  readonly groups: GroupedWrites | null

  constructor(client: DynamoDBClient, { endpoint, isGrouped = false }: DirectEngine) {
    super(client, DOCUMENTS)
    this.calls = new DirectCalls(client, endpoint, REQUEST_TIMEOUT_MS)
    this.groups = isGrouped ? new GroupedWrites(items => this.#commit(items)) : null
  }

  #commit(TransactItems: TransactWriteCommandInput['TransactItems']) {
    const command = toTransaction({ TransactItems })
    return this.calls.call('TransactWriteItems', command.input, options => this.send(command, options))
  }

  override destroy(): void {
    this.calls.destroy()
    super.destroy()
  }
}

const toTransaction = (input: TransactWriteCommandInput) =>
  new TransactWriteCommand({ ClientRequestToken: randomUUID(), ...input, ReturnConsumedCapacity: 'INDEXES' })

const DOCUMENTS = { marshallOptions: { removeUndefinedValues: true } }

/** An engine that is called directly (see DirectCalls). */
interface DirectEngine {
  endpoint: string
  /** Whether concurrent writes are committed together (see GroupedWrites). */
  isGrouped?: boolean
}

/** @param directly by default, every call goes through the whole SDK. */
export function toDocumentClient(client: DynamoDBClient, directly?: DirectEngine): DynamoDBDocumentClient {
  return directly === undefined
    ? DynamoDBDocumentClient.from(client, DOCUMENTS)
    : new DirectDocumentClient(client, directly)
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

  /** Sends an operation directly if the client does that, and otherwise through the SDK. */
  #send<O extends object>(operation: Operation, input: object, viaSdk: (options: object) => Promise<O>): Promise<O> {
    return this.#documents instanceof DirectDocumentClient
      ? this.#documents.calls.call(operation, input, viaSdk)
      : viaSdk({})
  }

  /** Like #send, but possibly together with other writes. */
  #write<O extends object>(write: Write, viaSdk: (options: object) => Promise<O>): Promise<O> {
    const alone = () => this.#send(write.operation, write.input, viaSdk)
    const groups = this.#documents instanceof DirectDocumentClient ? this.#documents.groups : null
    return groups === null ? alone() : groups.send(write, alone)
  }

  async get(input: GetCommandInput) {
    const command = new GetCommand({ ...input, ReturnConsumedCapacity: 'TOTAL' })
    const answer = await this.#send('GetItem', command.input, options => this.#documents.send(command, options))
    this.meter.count('read', answer.ConsumedCapacity ? [answer.ConsumedCapacity] : [])
    return answer
  }

  async batchGet(input: BatchGetCommandInput) {
    const command = new BatchGetCommand({ ...input, ReturnConsumedCapacity: 'TOTAL' })
    const answer = await this.#send('BatchGetItem', command.input, options => this.#documents.send(command, options))
    this.meter.count('read', answer.ConsumedCapacity ?? [])
    return answer
  }

  async query(input: QueryCommandInput) {
    const command = new QueryCommand({ ...input, ReturnConsumedCapacity: 'TOTAL' })
    const answer = await this.#send('Query', command.input, options => this.#documents.send(command, options))
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
    const command = new ScanCommand({ ...input, ReturnConsumedCapacity: 'TOTAL' })
    const answer = await this.#send('Scan', command.input, options => this.#documents.send(command, options))
    this.meter.count('read', answer.ConsumedCapacity ? [answer.ConsumedCapacity] : [])
    return answer
  }

  async put(input: PutCommandInput) {
    const command = new PutCommand({ ...input, ReturnConsumedCapacity: 'INDEXES' })
    const answer = await this.#write({ operation: 'PutItem', input: command.input }, options =>
      this.#documents.send(command, options),
    )
    this.meter.count('write', answer.ConsumedCapacity ? [answer.ConsumedCapacity] : [])
    return answer
  }

  async update(input: UpdateCommandInput) {
    const command = new UpdateCommand({ ...input, ReturnConsumedCapacity: 'INDEXES' })
    const answer = await this.#write({ operation: 'UpdateItem', input: command.input }, options =>
      this.#documents.send(command, options),
    )
    this.meter.count('write', answer.ConsumedCapacity ? [answer.ConsumedCapacity] : [])
    return answer
  }

  async remove(input: DeleteCommandInput) {
    const command = new DeleteCommand({ ...input, ReturnConsumedCapacity: 'INDEXES' })
    const answer = await this.#write({ operation: 'DeleteItem', input: command.input }, options =>
      this.#documents.send(command, options),
    )
    this.meter.count('write', answer.ConsumedCapacity ? [answer.ConsumedCapacity] : [])
    return answer
  }

  async batchWrite(input: BatchWriteCommandInput) {
    const command = new BatchWriteCommand({ ...input, ReturnConsumedCapacity: 'INDEXES' })
    const answer = await this.#write({ operation: 'BatchWriteItem', input: command.input }, options =>
      this.#documents.send(command, options),
    )
    this.meter.count('write', answer.ConsumedCapacity ?? [])
    return answer
  }

  async transactWrite(input: TransactWriteCommandInput) {
    const command = toTransaction(input)
    const answer = await this.#write({ operation: 'TransactWriteItems', input: command.input }, options =>
      this.#documents.send(command, options),
    )
    this.meter.count('write', answer.ConsumedCapacity ?? [])
    return answer
  }
}

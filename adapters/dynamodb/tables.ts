import { randomUUID } from 'node:crypto'
import type {
  BatchGetCommandInput,
  BatchWriteCommandInput,
  DeleteCommandInput,
  GetCommandInput,
  PutCommandInput,
  QueryCommandInput,
  QueryCommandOutput,
  ScanCommandInput,
  TransactWriteCommandInput,
  UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb'
import { CapacityMeter } from './capacity-meter.ts'
import type { Documents } from './documents.ts'

export interface TableNames {
  registry: string
  views: string
}

/** The two tables of a location. Every call requests its consumed capacity and adds it to the meter. */
export class Tables {
  readonly names: TableNames
  readonly meter: CapacityMeter
  readonly #documents: Documents

  constructor(documents: Documents, names: TableNames, meter = new CapacityMeter()) {
    this.#documents = documents
    this.names = names
    this.meter = meter
  }

  /** Whether both tables can be read, and the last write did not fail because the disk is full. @throws the error otherwise. */
  async answers(): Promise<true> {
    this.#documents.assertStorage()
    const Key = { pk: 'ping', sk: 'ping' }
    await Promise.all([
      this.get({ TableName: this.names.registry, Key }),
      this.get({ TableName: this.names.views, Key }),
    ])
    return true
  }

  async get(input: GetCommandInput) {
    const answer = await this.#documents.send('GetItem', { ...input, ReturnConsumedCapacity: 'TOTAL' })
    this.meter.count('read', answer.ConsumedCapacity ? [answer.ConsumedCapacity] : [])
    return answer
  }

  async batchGet(input: BatchGetCommandInput) {
    const answer = await this.#documents.send('BatchGetItem', { ...input, ReturnConsumedCapacity: 'TOTAL' })
    this.meter.count('read', answer.ConsumedCapacity ?? [])
    return answer
  }

  async query(input: QueryCommandInput) {
    const answer = await this.#documents.send('Query', { ...input, ReturnConsumedCapacity: 'TOTAL' })
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
    const answer = await this.#documents.send('Scan', { ...input, ReturnConsumedCapacity: 'TOTAL' })
    this.meter.count('read', answer.ConsumedCapacity ? [answer.ConsumedCapacity] : [])
    return answer
  }

  async put(input: PutCommandInput) {
    const answer = await this.#documents.write('PutItem', { ...input, ReturnConsumedCapacity: 'INDEXES' })
    this.meter.count('write', answer.ConsumedCapacity ? [answer.ConsumedCapacity] : [])
    return answer
  }

  async update(input: UpdateCommandInput) {
    const answer = await this.#documents.write('UpdateItem', { ...input, ReturnConsumedCapacity: 'INDEXES' })
    this.meter.count('write', answer.ConsumedCapacity ? [answer.ConsumedCapacity] : [])
    return answer
  }

  async remove(input: DeleteCommandInput) {
    const answer = await this.#documents.write('DeleteItem', { ...input, ReturnConsumedCapacity: 'INDEXES' })
    this.meter.count('write', answer.ConsumedCapacity ? [answer.ConsumedCapacity] : [])
    return answer
  }

  async batchWrite(input: BatchWriteCommandInput) {
    const answer = await this.#documents.write('BatchWriteItem', { ...input, ReturnConsumedCapacity: 'INDEXES' })
    this.meter.count('write', answer.ConsumedCapacity ?? [])
    return answer
  }

  async transactWrite(input: TransactWriteCommandInput) {
    // Set here, so that all attempts have the same token.
    const withToken = { ClientRequestToken: randomUUID(), ...input }
    const answer = await this.#documents.write('TransactWriteItems', {
      ...withToken,
      ReturnConsumedCapacity: 'INDEXES',
    })
    this.meter.count('write', answer.ConsumedCapacity ?? [])
    return answer
  }
}

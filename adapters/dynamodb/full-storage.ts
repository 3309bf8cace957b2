import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { StorageFull } from '#domain/errors.ts'

/** SQLite's message, with which the local table engine answers 500. DynamoDB of AWS has no such error. */
const MESSAGE = /disk is full/
const WRITE = /^(Put|Update|Delete|BatchWrite|TransactWrite)/

/** The configurations of clients whose last write failed because the disk is full. Document clients share that of their client. */
const full = new WeakSet<object>()

type ClientConfig = Pick<DynamoDBClient, 'config'>

/** Notes that an operation of a client has succeeded. */
export function noteWrite({ config }: ClientConfig, operation: string): void {
  if (WRITE.test(operation)) full.delete(config)
}

/** Makes a client throw StorageFull when the engine's disk is full. */
export function detectFullStorage(client: DynamoDBClient): DynamoDBClient {
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async request => {
        try {
          const response = await next(request)
          noteWrite(client, commandName)
          return response
        } catch (error) {
          if (!(error instanceof Error && MESSAGE.test(error.message))) throw error
          full.add(client.config)
          throw new StorageFull()
        }
      },
    // Around the retries.
    { step: 'initialize', name: 'detectFullStorage' },
  )
  return client
}

/** @throws StorageFull if the client's last write failed because of it. */
export function assertStorage({ config }: ClientConfig): void {
  if (full.has(config)) throw new StorageFull()
}

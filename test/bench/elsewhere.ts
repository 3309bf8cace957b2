import { PutItemCommand } from '@aws-sdk/client-dynamodb'
import type { DynamoDBRecord } from 'aws-lambda'
import { backoff } from '#adapters/clock.ts'
import { DynamoAccessStore } from '#adapters/dynamodb/access-store.ts'
import { DynamoChangeLogStore } from '#adapters/dynamodb/change-log-store.ts'
import { DynamoErasureStore } from '#adapters/dynamodb/erasure-store.ts'
import { DynamoLocationStore } from '#adapters/dynamodb/location-store.ts'
import { DynamoPairStore } from '#adapters/dynamodb/pair-store.ts'
import { DynamoPurchaseStore } from '#adapters/dynamodb/purchase-store.ts'
import { DynamoRecordStore } from '#adapters/dynamodb/record-store.ts'
import { connect } from '#adapters/dynamodb/sdk-documents.ts'
import { toRegistryChanges, toViewChanges } from '#adapters/dynamodb/stream.ts'
import { MemoryIndex } from '#adapters/memory-search/memory-index.ts'
import { projectCustomers } from '#domain/views/project-customers.ts'
import { reconcileViews } from '#domain/views/reconcile-views.ts'
import { startEngine, TABLE_NAMES } from '../adapters/dynamodb/engine.ts'
import { streamOf } from './read-stream.ts'

const now = () => new Date().toISOString()

/** Another location: its own tables, to which rows come as a global table brings them, and what its readers make of them. */
export async function startElsewhere() {
  const engine = await startEngine()
  const client = connect({ endpoint: engine.endpoint })
  const tables = engine.tables()
  const listed = new Set<string>()
  const ports = {
    records: new DynamoRecordStore(tables),
    lines: new DynamoChangeLogStore(tables, listed),
    locations: new DynamoLocationStore(tables),
    purchases: new DynamoPurchaseStore(tables),
    accesses: new DynamoAccessStore(tables, listed),
    erasures: new DynamoErasureStore(tables),
    pairs: new DynamoPairStore(tables),
    index: new MemoryIndex(),
  }
  const views = streamOf(engine.endpoint, TABLE_NAMES.views)
  return {
    /** Rows come; that is not paid for here. */
    arrive: async (records: readonly DynamoDBRecord[]) => {
      for (const { dynamodb } of records)
        if (dynamodb?.NewImage)
          await client.send(new PutItemCommand({ TableName: TABLE_NAMES.registry, Item: dynamodb.NewImage as never }))
    },
    follow: async (records: readonly DynamoDBRecord[]) => {
      await reconcileViews(ports, { location: 'loc2', pause: backoff, now: now() }, toRegistryChanges(records))
      await projectCustomers(ports, new Map(), toViewChanges(await views()), now)
    },
    stop: async () => {
      client.destroy()
      await engine.stop()
    },
  }
}

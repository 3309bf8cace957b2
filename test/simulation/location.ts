import { DynamoAccessStore } from '#adapters/dynamodb/access-store.ts'
import { DynamoAuditStore } from '#adapters/dynamodb/audit-store.ts'
import { DynamoBatchStore } from '#adapters/dynamodb/batch-store.ts'
import { DynamoChangeLogStore } from '#adapters/dynamodb/change-log-store.ts'
import { DynamoErasureStore } from '#adapters/dynamodb/erasure-store.ts'
import { DynamoListStore } from '#adapters/dynamodb/list-store.ts'
import { DynamoLocationStore } from '#adapters/dynamodb/location-store.ts'
import { DynamoPairStore } from '#adapters/dynamodb/pair-store.ts'
import { DynamoPurchaseStore } from '#adapters/dynamodb/purchase-store.ts'
import { DynamoRateLimiter } from '#adapters/dynamodb/rate-limiter.ts'
import { DynamoRecordStore } from '#adapters/dynamodb/record-store.ts'
import { Tables } from '#adapters/dynamodb/tables.ts'
import { MemoryIndex } from '#adapters/memory-search/memory-index.ts'
import type { Ports } from '#functions/runtime/ports.ts'
import { Engine, type Watcher } from './engine/engine.ts'
import { withOutages } from './outages.ts'
import { StreamQueue } from './stream-queue.ts'
import { type Sent, type Task, toDocuments } from './task.ts'

export const NAMES = { registry: 'registry', views: 'views' }

/** One location: its two tables, its index, its clock, and what its streams have yet to hand over. */
export class Location {
  readonly name: string
  readonly engine: Engine
  /** How far its clock is off, in milliseconds. */
  skew: number
  /** Cut off from the other locations: nothing comes, nothing goes. */
  cut = false
  /** Its functions run; its tables are there in any case. */
  up = true
  index = new MemoryIndex()
  indexDown = false
  /** What the processes of its functions keep between calls. */
  listedDays = new Set<string>()
  /** Views are missing that nobody has begun to make again. */
  thrownAway = false
  readonly streams = { registry: new StreamQueue(), views: new StreamQueue() }
  /** When and where what its registry holds of an item was written last. */
  readonly stamps = new Map<string, string>()

  constructor(name: string, skew: number, changed: Watcher) {
    this.name = name
    this.skew = skew
    this.engine = new Engine(NAMES, changed)
  }

  get registry() {
    return this.engine.table(NAMES.registry)
  }

  get views() {
    return this.engine.table(NAMES.views)
  }

  /** The ports as `functions/runtime/services.ts` makes them real, on this location's tables. */
  ports(task: Task, send: (sent: Sent) => void): Ports {
    const tables = new Tables(toDocuments(task, send), NAMES)
    return {
      records: new DynamoRecordStore(tables),
      lists: new DynamoListStore(tables),
      lines: new DynamoChangeLogStore(tables, this.listedDays),
      batches: new DynamoBatchStore(tables),
      budgets: new DynamoRateLimiter(tables),
      locations: new DynamoLocationStore(tables),
      pairs: new DynamoPairStore(tables),
      accesses: new DynamoAccessStore(tables),
      erasures: new DynamoErasureStore(tables),
      audit: new DynamoAuditStore(tables),
      purchases: new DynamoPurchaseStore(tables),
      index: withOutages(this),
    }
  }
}

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
import { UNDIVIDED } from '#adapters/time-slice.ts'
import type { Ports } from '#functions/runtime/ports.ts'
import { createIndex } from './create-index.ts'
import { Engine, type Watcher } from './engine/engine.ts'
import { withOutages } from './outages.ts'
import { StreamQueue } from './stream-queue.ts'
import { type SentCommand, type Task, toDocuments } from './task.ts'

export const NAMES = { registry: 'registry', views: 'views' }

/** A location with its tables, its index, its clock and its streams. */
export class Location {
  readonly name: string
  readonly engine: Engine
  /** The offset of its clock in milliseconds. */
  skew: number
  /** Whether it is cut off from the other locations. */
  isCutOff = false
  /** Whether its functions run; its tables are always available. */
  isUp = true
  index = createIndex()
  isIndexDown = false
  /** What its function processes keep between calls. */
  listedDays = new Set<string>()
  /** Whether views are missing and no rebuild has started. */
  isMissingViews = false
  readonly streams = { registry: new StreamQueue(), views: new StreamQueue() }
  /** The stamp of the last write of each item in its registry. */
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

  /** The ports on this location's tables, created as in `functions/runtime/services.ts`. */
  ports(task: Task, send: (sent: SentCommand) => void): Ports {
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
      audit: new DynamoAuditStore(tables, false, UNDIVIDED),
      purchases: new DynamoPurchaseStore(tables),
      index: withOutages(this),
    }
  }
}

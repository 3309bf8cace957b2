import { DynamoRecordStore } from '#adapters/dynamodb/record-store.ts'
import type { RecordStore } from '#domain/records/port.ts'
import { MemoryRecordStore } from '#test/in-memory/record-store.ts'
import type { TestEngine } from './engine.ts'

/** Both implementations of the record store; tests that use one in memory rely on its equality with the table. */
export const RECORD_STORES = {
  DynamoDB: (engine: TestEngine): RecordStore => new DynamoRecordStore(engine.tables()),
  memory: (): RecordStore => new MemoryRecordStore(),
}

import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { connect, toDocuments } from '#adapters/dynamodb/sdk-documents.ts'
import { Tables } from '#adapters/dynamodb/tables.ts'
import { writeCheckpoint } from '#local/checkpoint.ts'
import { Engine } from '#local/engine.ts'
import { Lock } from '#local/lock.ts'
import { TABLES, TABLES_FILE } from '#local/names.ts'
import { startAll } from '#local/service.ts'
import { freshFolder } from '../e2e/server.ts'
import { until } from '../e2e/until.ts'

const ROWS = 5
const HELD_MS = 900

let folder: string
let engine: Engine
let stop: () => Promise<void>
beforeEach(async () => {
  folder = await freshFolder()
  const lock = new Lock(folder)
  engine = new Engine(folder, TABLES, lock)
  stop = await startAll([lock, engine])
})
afterEach(async () => {
  await engine.trimmer.stop()
  await stop()
  await rm(folder, { recursive: true, force: true })
})

test('other work goes on while the trimmer waits for the tables', async () => {
  const { endpoint } = engine
  const client = connect({ endpoint })
  const tables = new Tables(toDocuments(client), TABLES)
  for (let n = 0; n < ROWS; n++) await tables.put({ TableName: TABLES.views, Item: { pk: 'row', sk: String(n) } })
  client.destroy()
  writeCheckpoint(folder, TABLES.views, 'stream', { shard: '99999999' })

  const database = new DatabaseSync(join(folder, TABLES_FILE), { timeout: 5000 })
  const countRecords = () => Number(database.prepare('SELECT COUNT(*) AS n FROM _stream_records').get()?.n)
  expect(countRecords()).toBe(ROWS)
  database.exec('UPDATE _stream_records SET created_at = created_at - 3600')
  // As a write of the engine does.
  database.exec('BEGIN IMMEDIATE')
  await engine.trimmer.start()
  let longest = 0
  for (let last = performance.now(), end = last + HELD_MS; last < end; ) {
    await wait(5)
    const now = performance.now()
    longest = Math.max(longest, now - last)
    last = now
  }
  database.exec('COMMIT')
  expect(longest).toBeLessThan(HELD_MS / 2)

  // The newest one stays, because the engine numbers the next one after it.
  await until(() => countRecords() === 1, 10_000, 'the processed records to be deleted')
  database.close()
})

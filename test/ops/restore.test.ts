import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { type DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { DynamoRecordStore } from '#adapters/dynamodb/record-store.ts'
import { createTables } from '#adapters/dynamodb/schema.ts'
import { connect } from '#adapters/dynamodb/sdk-documents.ts'
import { eraseRecord } from '#domain/retention/purge.ts'
import { restoreMissing } from '../../ops/restore/restore-missing.ts'
import { startEngine, TABLE_NAMES, type TestEngine } from '../adapters/dynamodb/engine.ts'
import { writeHistory } from '../adapters/dynamodb/histories.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const FROM = { registry: 'restored', views: 'restored-views' }
const NAMES = { from: FROM.registry, registry: TABLE_NAMES.registry }
const context = { pause: async () => {} }

let engine: TestEngine
let client: DynamoDBClient
let live: DynamoRecordStore

beforeAll(async () => {
  engine = await startEngine()
  client = connect({ endpoint: engine.endpoint })
  live = new DynamoRecordStore(engine.tables())
})
afterAll(async () => {
  client.destroy()
  await engine.stop()
})

/** Copies the registry into another table, like a backup. */
async function createBackup(): Promise<void> {
  await createTables(client, FROM)
  const { Items = [] } = await client.send(new ScanCommand({ TableName: NAMES.registry }))
  for (const Item of Items) await client.send(new PutItemCommand({ TableName: NAMES.from, Item }))
}

const createCustomer = async (versions: number): Promise<string> => {
  const id = randomUUID()
  await writeHistory(live, id, versions)
  return id
}
const toVersions = async (id: string) => (await live.loadPartition('customer', id)).versions

test('a restore brings back deleted versions, keeps erased and purged customers deleted, and can be repeated', async () => {
  const [deleted, kept, erasedLater, purgedLater, erasedBefore] = await Promise.all([3, 2, 2, 2, 1].map(createCustomer))
  await eraseRecord(live, context, erasedBefore ?? '')
  await createBackup()

  const before = await toVersions(deleted ?? '')
  const untouched = await toVersions(kept ?? '')
  await live.remove(before)
  await eraseRecord(live, context, erasedLater ?? '')
  const due = await toVersions(purgedLater ?? '')
  const last = due.at(-1)
  await live.putTombstone('customer', purgedLater ?? '', { purged: { loc1: last?.recorded_at ?? '' }, erased: false })
  await live.remove(due)
  const after = await createCustomer(1)

  const report = await restoreMissing(client, NAMES, live)
  expect(await toVersions(deleted ?? '')).toEqual(before)
  expect(await toVersions(kept ?? '')).toEqual(untouched)
  expect(await toVersions(erasedLater ?? '')).toEqual([])
  expect(await toVersions(purgedLater ?? '')).toEqual([])
  expect((await live.loadPartition('customer', erasedBefore ?? '')).tombstone.erased).toBe(true)
  expect(await toVersions(after)).toHaveLength(1)
  expect(report).toMatchObject({ put: 3, buried: 4 })

  const repeated = await restoreMissing(client, NAMES, live)
  expect(repeated).toEqual({ ...report, put: 0, there: report.there + 3 })
})

test('a tombstone of the backup is restored before the versions that it covers', async () => {
  const id = await createCustomer(2)
  const versions = await toVersions(id)
  const restored = new DynamoRecordStore(engine.tables(FROM))
  await restored.putTombstone('customer', id, { purged: {}, erased: true })
  for (const v of versions) expect((await live.loadPartition('customer', id)).versions).toContainEqual(v)
  await restoreMissing(client, NAMES, live)
  const { tombstone } = await live.loadPartition('customer', id)
  expect(tombstone.erased).toBe(true)
})

test('the command reports its counts and requires the tables', () => {
  const environment = { ...process.env, DYNAMODB_ENDPOINT: engine.endpoint }
  const run = (...args: string[]) =>
    execFileSync(process.execPath, ['ops/restore.ts', ...args], { cwd: ROOT, env: environment, stdio: 'pipe' })
  const args = ['--from', FROM.registry, '--to', TABLE_NAMES.registry, '--region', 'eu-west-1']
  expect(run(...args).toString()).toMatch(/^\d+ rows read: 0 put back, \d+ were there, \d+ lie under a grave/)
  expect(() => run('--region', 'eu-west-1')).toThrow('Which table')
})

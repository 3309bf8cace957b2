import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { startEngine, TABLE_NAMES, type TestEngine } from '../adapters/dynamodb/engine.ts'
import { createPlainClient } from './plain-client.ts'

let engine: TestEngine
beforeAll(async () => {
  engine = await startEngine()
})
afterAll(() => engine.stop())

const TableName = TABLE_NAMES.views
const Key = { pk: { S: 'own' }, sk: { S: 'bench' } }

test('the plain client writes and reads', async () => {
  const call = createPlainClient(engine.endpoint)
  const Item = { ...Key, note: { S: 'here' } }
  await call('TransactWriteItems', JSON.stringify({ TransactItems: [{ Put: { TableName, Item } }] }))
  expect(await call('GetItem', JSON.stringify({ TableName, Key }))).toEqual({ Item })
})

test('the plain client throws what the engine refuses, so that a bench does not count it', async () => {
  const call = createPlainClient(engine.endpoint)
  await expect(call('GetItem', JSON.stringify({ TableName: 'none', Key }))).rejects.toThrow('ResourceNotFoundException')
})

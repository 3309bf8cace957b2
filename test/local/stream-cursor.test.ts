import { PutItemCommand } from '@aws-sdk/client-dynamodb'
import type { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { connect } from '#adapters/dynamodb/sdk-documents.ts'
import { connectStreams } from '#adapters/dynamodb/stream-client.ts'
import { type Batch, StreamCursor } from '#local/stream-cursor.ts'
import { startEngine, type TestEngine } from '../adapters/dynamodb/engine.ts'

let engine: TestEngine
let client: ReturnType<typeof connect>
let streams: DynamoDBStreamsClient
let calls: string[]

beforeAll(async () => {
  engine = await startEngine()
  client = connect({ endpoint: engine.endpoint })
  streams = connectStreams(engine.endpoint)
  streams.middlewareStack.add(
    (next, context) => args => {
      calls.push(context.commandName ?? '')
      return next(args)
    },
    { step: 'initialize' },
  )
})
afterAll(async () => {
  client.destroy()
  streams.destroy()
  await engine.stop()
})

const put = (sk: string) =>
  client.send(new PutItemCommand({ TableName: 'registry', Item: { pk: { S: 'a' }, sk: { S: sk } } }))
const toKeys = (batch: Batch | null) => batch?.records.map(({ dynamodb }) => dynamodb?.Keys?.sk?.S)

test('records are read again until they are acknowledged, and polling for new ones costs one call', async () => {
  calls = []
  const cursor = new StreamCursor(streams, 'registry', {})
  expect(await cursor.read(10)).toBeNull()
  for (const sk of ['1', '2', '3']) await put(sk)
  expect(toKeys(await cursor.read(2))).toEqual(['1', '2'])
  const repeated = await cursor.read(2)
  expect(toKeys(repeated)).toEqual(['1', '2'])
  if (repeated) cursor.acknowledge(repeated)
  const rest = await cursor.read(2)
  expect(toKeys(rest)).toEqual(['3'])
  if (rest) cursor.acknowledge(rest)

  calls = []
  expect(await cursor.read(10)).toBeNull()
  expect(await cursor.read(10)).toBeNull()
  expect(calls).toEqual(['GetRecordsCommand', 'GetRecordsCommand'])

  await put('4')
  const later = await new StreamCursor(streams, 'registry', rest?.position ?? {}).read(10)
  expect(toKeys(later)).toEqual(['4'])
})

import type { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams'
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { toRegistryChanges } from '#adapters/dynamodb/stream.ts'
import { connectStreams, isRecord, readRecords } from '#adapters/dynamodb/stream-client.ts'
import { StreamCursor, toStreams } from '#local/stream-cursor.ts'
import { TABLE_NAMES } from './engine.ts'
import { type Fault, startFaultyEngine } from './faulty-engine.ts'

let server: Awaited<ReturnType<typeof startFaultyEngine>>
let direct: DynamoDBStreamsClient
let sdk: DynamoDBStreamsClient

beforeAll(async () => {
  server = await startFaultyEngine()
  direct = connectStreams(server.endpoint, true)
  sdk = connectStreams(server.endpoint)
  const tables = server.tables(true)
  const access = { sk: '2026-06-01T12:00:00.000Z#Żółć ☃', location: 'loc1', actor: 'ada', action: 'search' }
  for (let n = 0; n < 5; n++)
    await tables.put({
      TableName: TABLE_NAMES.registry,
      Item: { pk: `access#2026-06-01#${n}`, ...access, outcome: 'done', asked: { name: `hash-${n}` }, count: n },
    })
})
afterEach(() => server.reset())
afterAll(async () => {
  direct.destroy()
  sdk.destroy()
  await server.stop()
})

const readAll = async (client: DynamoDBStreamsClient) =>
  (await new StreamCursor(client, TABLE_NAMES.registry, {}).read(10))?.records.filter(isRecord) ?? []

/** Everything of a record but its time, which the SDK makes a date of. */
const withoutTime = ({ dynamodb, ...record }: Awaited<ReturnType<typeof readAll>>[number]) => {
  const { ApproximateCreationDateTime, ...change } = dynamodb ?? {}
  expect(Number(ApproximateCreationDateTime)).toBeGreaterThan(0)
  return { ...record, dynamodb: change }
}

test('reads the same records as the SDK, in one signed request', async () => {
  const expected = await readAll(sdk)
  const records = await readAll(direct)
  expect(records).toHaveLength(5)
  expect(records.map(withoutTime)).toEqual(expected.map(withoutTime))
  expect(toRegistryChanges(records)).toEqual(toRegistryChanges(expected))
  const reads = server.state.received.filter(({ target }) => target.endsWith('GetRecords'))
  expect(reads.map(({ target }) => target)).toEqual(Array(2).fill('DynamoDBStreams_20120810.GetRecords'))
  expect(reads.every(({ authorization }) => authorization.startsWith('AWS4-HMAC-SHA256 Credential=local/'))).toBe(true)
})

test.each<Fault>(['lost request', 'lost response', 'not JSON', { status: 500, type: 'InternalServerError' }])(
  'reads on after: %j',
  async fault => {
    const cursor = new StreamCursor(direct, TABLE_NAMES.registry, {})
    const first = await cursor.read(2)
    if (first) cursor.acknowledge(first)
    server.state.faults = [fault]
    expect((await cursor.read(10))?.records).toHaveLength(3)
  },
)

test('throws the error of the SDK', async () => {
  expect(await toStreams(direct, TABLE_NAMES.registry)).toHaveLength(1)
  const errorOf = (client: DynamoDBStreamsClient) =>
    readRecords(client, 'no iterator', 10).then(
      () => null,
      (error: unknown) => (error instanceof Error ? [error.name, error.message] : error),
    )
  const expected = await errorOf(sdk)
  expect(expected).not.toBeNull()
  expect(await errorOf(direct)).toEqual(expected)
})

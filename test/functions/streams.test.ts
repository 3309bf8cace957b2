import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { DescribeStreamCommand, GetRecordsCommand, GetShardIteratorCommand } from '@aws-sdk/client-dynamodb-streams'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { DynamoDBBatchResponse, DynamoDBStreamEvent, SQSRecord } from 'aws-lambda'
import { connectStreams } from '#adapters/dynamodb/stream-client.ts'
import { toStreams } from '#local/stream-cursor.ts'
import { type FunctionEnvironment, sampleEvent, startFunctionEnvironment } from './function-environment.ts'

const NOETHER = '3f2b8d1e-6c54-4a8e-9d0f-7b1c2a3d4e5f'

/** The members of a change log entry besides its key. */
const EXPECTED_FIELDS = {
  action: expect.stringMatching(/^(create|update)$/),
  actor: 'ada',
  digest: expect.stringMatching(/^[\w-]{22}$/),
}

const registryEvent = () => sampleEvent<DynamoDBStreamEvent>('registry-stream')

/** Returns the records of the registry's stream, which has one shard. */
async function readLastRecords(endpoint: string) {
  const client = connectStreams(endpoint)
  const [streams = ''] = await toStreams(client, 'registry')
  const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn: streams }))
  const shard = StreamDescription?.Shards?.[0]?.ShardId ?? ''
  const { ShardIterator } = await client.send(
    new GetShardIteratorCommand({ StreamArn: streams, ShardId: shard, ShardIteratorType: 'TRIM_HORIZON' }),
  )
  const { Records: records = [] } = await client.send(new GetRecordsCommand({ ShardIterator }))
  return { streams, shard, records }
}

type StreamHandler = (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse>

let environment: FunctionEnvironment
let project: StreamHandler
let reconcile: StreamHandler
let createServices: typeof import('#functions/runtime/services.ts').createServices

beforeAll(async () => {
  environment = await startFunctionEnvironment()
  ;({ createServices: createServices } = await import('#functions/runtime/services.ts'))
  project = (await import('#functions/project/handler.ts')).handler
  reconcile = (await import('#functions/reconcile/handler.ts')).handler
})
afterAll(() => environment.engine.stop())

describe('the sample event of the views stream', () => {
  const findByToken = async (word: string) => (await createServices().index.exact([word], 10)).map(({ id }) => id)
  const viewsStream = () => sampleEvent<DynamoDBStreamEvent>('views-stream')

  test('indexes the customer and skips other rows', async () => {
    await project(await viewsStream())
    expect(await findByToken('noether')).toEqual([NOETHER])
    expect((await createServices().index.tokens()).total()).toBe(1)
  })

  test('leaves the newest version for any order and repetition', async () => {
    const event = await viewsStream()
    await project({ Records: event.Records.toReversed() })
    await project(event)
    await project({ Records: event.Records.slice(0, 1) })
    const [candidate] = await createServices().index.exact(['noether'], 10)
    expect(candidate).toMatchObject({ id: NOETHER, person: { surname: 'Noether', dob: '1882-03-23' } })
    expect((await createServices().index.tokens()).total()).toBe(1)
  })

  test('reports the first unreadable row, so that the stream is retried from there', async () => {
    const event = await viewsStream()
    const [record] = event.Records
    if (!record?.dynamodb) throw new Error('the sample has records')
    const invalidRecord = {
      ...record,
      dynamodb: { ...record.dynamodb, NewImage: { pk: { S: 'customers#1' }, sk: { S: NOETHER } } },
    }
    const expectedFailure = { batchItemFailures: [{ itemIdentifier: record.dynamodb.SequenceNumber }] }
    expect(await project({ Records: [invalidRecord] })).toEqual(expectedFailure)
    // The records of the sample have one number each, so this one needs another.
    const first = { ...record, dynamodb: { ...record.dynamodb, SequenceNumber: '1' } }
    expect(await project({ Records: [first, invalidRecord, first] })).toEqual(expectedFailure)
  })

  test('reports no failure', async () => {
    expect(await project(await viewsStream())).toEqual({ batchItemFailures: [] })
  })

  test('without records does nothing', async () => {
    expect(await project({ Records: [] })).toEqual({ batchItemFailures: [] })
  })
})

describe('the sample event of the registry stream', () => {
  const registryStream = registryEvent
  const getEntries = async (day: string) =>
    (await createServices().lines.validBetween(day, day, null, 100)).lines.map(({ line }) => line)

  test('makes one change log entry per version, under its effective date, and none for other rows', async () => {
    await reconcile(await registryStream())
    expect(await getEntries('2026-11-21')).toEqual([
      {
        kind: 'customer',
        id: NOETHER,
        valid_from: '2026-11-21T04:00:00.000Z',
        recorded_at: '2026-11-21T04:00:00.000Z',
        location: 'loc1',
        ...EXPECTED_FIELDS,
      },
    ])
    expect(await getEntries('2019-05-06')).toEqual([
      {
        kind: 'customer',
        id: NOETHER,
        valid_from: '2019-05-06T00:00:00.000Z',
        recorded_at: '2026-11-21T04:00:01.250Z',
        location: 'loc1',
        ...EXPECTED_FIELDS,
      },
    ])
  })

  test('repeated makes no further entry', async () => {
    await reconcile(await registryStream())
    await reconcile(await registryStream())
    expect(await getEntries('2026-11-21')).toHaveLength(1)
    expect(await getEntries('2019-05-06')).toHaveLength(1)
  })
})

describe('an item that reaches the registry after the audit index has passed its time', () => {
  const [BEFORE, MOMENT, AFTER] = ['2020-01-01T11:00:00.000Z', '2020-01-01T12:00:00.000Z', '2020-01-01T13:00:00.000Z']
  const record = `customer#${NOETHER}`
  const attributes = { action: { S: 'create' }, actor: { S: 'ada' } }

  const toInsertRecord = (pk: string, sk: string, rest: object) => ({
    eventName: 'INSERT' as const,
    dynamodb: { NewImage: { pk: { S: pk }, sk: { S: sk }, ...rest } },
  })
  const version = async () => {
    const [sample] = (await sampleEvent<DynamoDBStreamEvent>('registry-stream')).Records
    return toInsertRecord(record, `v#${MOMENT}#${MOMENT}#loc1`, {
      ...sample?.dynamodb?.NewImage,
      sk: { S: `v#${MOMENT}#${MOMENT}#loc1` },
    })
  }
  const access = async () =>
    toInsertRecord('access#2020-01-01#1', `${MOMENT}#request`, {
      ...attributes,
      location: { S: 'loc2' },
      outcome: { S: 'done' },
    })
  const outcome = async () =>
    toInsertRecord('access#2020-01-01#1', `${MOMENT}#request#outcome`, { outcome: { S: 'not-found' } })
  const redactedVersion = async () =>
    toInsertRecord(record, `gone#${MOMENT}#loc1`, { ...attributes, digest: { S: 'digest' } })
  const unrelated = async () => toInsertRecord('batch#1', 'batch', {})

  test.each([
    ['a version', version, MOMENT],
    ['a redacted version', redactedVersion, MOMENT],
    ['an access', access, MOMENT],
    ['the outcome of an access', outcome, MOMENT],
    ['anything else', unrelated, AFTER],
  ])('sets the index checkpoint back, if it is an audit entry: %s', async (_, toRecord, from) => {
    const { audit } = createServices()
    const checkpoint = await audit.carried()
    await audit.putCarried({ index: 'index', from: AFTER, to: AFTER, n: (checkpoint?.n ?? 0) + 1 }, checkpoint)
    await reconcile({ Records: [await toRecord()] })
    expect(await audit.carried()).toMatchObject({ index: 'index', from, to: AFTER })
  })

  test('leaves a checkpoint alone that has not passed its time', async () => {
    const { audit } = createServices()
    const checkpoint = await audit.carried()
    await audit.putCarried({ index: 'index', from: BEFORE, to: BEFORE, n: (checkpoint?.n ?? 0) + 1 }, checkpoint)
    await reconcile({ Records: [await access()] })
    expect(await audit.carried()).toMatchObject({ from: BEFORE, to: BEFORE })
  })
})

describe('a failed batch in the dead-letter queue', () => {
  /** The message that Lambda sends to the queue for a failed batch. */
  const toFailureNote = (batch: Record<string, string>) => ({
    Records: [{ messageId: 'm1', body: JSON.stringify({ DDBStreamBatchInfo: batch }) } as SQSRecord],
  })

  test('is read again from the stream and processed', async () => {
    const services = createServices()
    const at = '2026-10-01T08:00:00.000Z'
    const versionRow = (await registryEvent()).Records[0]?.dynamodb?.NewImage
    const row = unmarshall(versionRow as Record<string, AttributeValue>)
    await services.tables.put({
      TableName: services.tables.names.registry,
      Item: { ...row, sk: `v#${at}#${at}#loc9`, request_id: 'r9' },
    })
    const { streams, shard, records } = await readLastRecords(environment.engine.endpoint)
    const numbers = records.map(({ dynamodb }) => dynamodb?.SequenceNumber ?? '')
    const batch = {
      streamArn: streams,
      shardId: shard,
      startSequenceNumber: numbers.at(-1) ?? '',
      endSequenceNumber: numbers.at(-1) ?? '',
    }
    expect(await reconcile(toFailureNote(batch) as never)).toEqual({ batchItemFailures: [] })
    const { lines } = await services.lines.validBetween('2026-10-01', '2026-10-01', null, 10)
    expect(lines.map(({ line }) => line.location)).toEqual(['loc9'])
  })

  test('stays in the queue when its records are no longer available', async () => {
    const batch = {
      streamArn: 'arn:aws:dynamodb:x:1:table/none/stream/1',
      shardId: 's',
      startSequenceNumber: '1',
      endSequenceNumber: '1',
    }
    expect(await reconcile(toFailureNote(batch) as never)).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] })
  })
})

import { marshall } from '@aws-sdk/util-dynamodb'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { DynamoDBRecord } from 'aws-lambda'
import { currentRow, ERASED } from '#adapters/dynamodb/items.ts'
import type { CurrentRecord } from '#domain/records/current.ts'
import { eraseRecord } from '#domain/retention/purge.ts'
import { createCommitted, timestampAt, toWrite } from '../adapters/dynamodb/histories.ts'
import { type FunctionEnvironment, startFunctionEnvironment } from './function-environment.ts'

type StreamHandler = (event: { Records: DynamoDBRecord[] }) => Promise<unknown>

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

/** A stream record of a row before and after a change. */
const toStreamRecord = (before: CurrentRecord | null, after: CurrentRecord | null): DynamoDBRecord => ({
  eventName: after === null ? 'REMOVE' : before === null ? 'INSERT' : 'MODIFY',
  dynamodb: {
    ...(before ? { OldImage: marshall(currentRow(before)) as never } : {}),
    ...(after ? { NewImage: marshall(currentRow(after)) as never } : {}),
  },
})

async function createAndRename(surnames: [string, string]): Promise<[CurrentRecord, CurrentRecord]> {
  const { records } = createServices()
  const first = await createCommitted(records, { surname: surnames[0] }, timestampAt(0))
  const write = await toWrite(records, {
    id: first.id,
    row: first,
    fields: { surname: surnames[1] },
    at: timestampAt(1),
  })
  return [first, write.row]
}

/** Erases everything stored of a customer. */
const erase = (id: string) => eraseRecord(createServices().records, { pause: async () => {} }, id)

const findInIndex = async (id: string) => createServices().index.getMany([id])

test('a deleted row leaves a deletion marker in the index that no older write replaces', async () => {
  const [first, last] = await createAndRename(['Heron', 'Egret'])
  await project({ Records: [toStreamRecord(null, first), toStreamRecord(first, last)] })
  expect(await findInIndex(last.id)).toMatchObject([{ person: { surname: 'Egret' }, past: [{ surname: 'Heron' }] }])
  await erase(last.id)
  await project({ Records: [toStreamRecord(last, null)] })
  await project({ Records: [toStreamRecord(null, first)] })
  await project({ Records: [toStreamRecord(first, last)] })
  expect(await findInIndex(last.id)).toEqual([expect.objectContaining({ person: null, past: [] })])
  expect(await createServices().index.exact(['egret'], 10)).toEqual([])
})

test('a row created and deleted within one batch is neither indexed nor a duplicate', async () => {
  const [first, last] = await createAndRename(['Bittern', 'Stork'])
  const [twin] = await createAndRename(['Stork', 'Stork B'])
  await project({ Records: [toStreamRecord(null, twin)] })
  await erase(last.id)
  await project({ Records: [toStreamRecord(null, first), toStreamRecord(first, last), toStreamRecord(last, null)] })
  expect(await findInIndex(last.id)).toEqual([expect.objectContaining({ person: null, past: [] })])
  expect((await createServices().pairs.pairs(null, 10)).pairs.filter(({ a, b }) => [a, b].includes(last.id))).toEqual(
    [],
  )
})

test('a current row deleted without its versions leaves the customer in the index', async () => {
  const [first] = await createAndRename(['Curlew', 'Plover'])
  await project({ Records: [toStreamRecord(null, first), toStreamRecord(first, null)] })
  expect(await findInIndex(first.id)).toMatchObject([{ person: { surname: 'Curlew' } }])
  await project({ Records: [toStreamRecord(null, first)] })
  expect(await findInIndex(first.id)).toMatchObject([{ person: { surname: 'Curlew' } }])
})

test('a tombstone is applied and acknowledged for this location', async () => {
  const { records, erasures } = createServices()
  const { id } = await createCommitted(records, { surname: 'Gone' }, timestampAt(0))
  const NewImage = { pk: { S: `customer#${id}` }, sk: { S: ERASED } }
  const event = { Records: [{ dynamodb: { NewImage } }] }
  await records.putTombstone('customer', id, { purged: {}, erased: true })
  expect(await erasures.acknowledged(id)).toEqual([])
  await reconcile(event)
  expect((await records.loadPartition('customer', id)).versions).toEqual([])
  const [acknowledgement, ...others] = await erasures.acknowledged(id)
  expect([acknowledgement?.location, others]).toEqual(['loc1', []])
  await reconcile(event)
  await eraseRecord(records, { pause: async () => {} }, id)
  expect(await erasures.acknowledged(id)).toEqual([acknowledgement])
})

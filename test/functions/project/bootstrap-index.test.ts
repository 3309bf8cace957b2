import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { DynamoDBStreamEvent } from 'aws-lambda'
import { auditList } from '#contract/schemas/audit.ts'
import type { Ports } from '#functions/runtime/ports.ts'
import { askEngine, deleteTestIndexes, describeWithOpenSearch, PREFIX } from '../../adapters/opensearch/engine.ts'
import { EngineProxy } from '../../adapters/opensearch/engine-proxy.ts'
import { person } from '../../domain/matching/people.ts'
import {
  type FunctionEnvironment,
  invokeWithSample,
  LOCATION,
  sampleEvent,
  startFunctionEnvironment,
} from '../function-environment.ts'

const NOETHER = '3f2b8d1e-6c54-4a8e-9d0f-7b1c2a3d4e5f'
const CUSTOMERS = `${PREFIX}-customers-${LOCATION}`
const AUDIT = `${PREFIX}-audit-${LOCATION}`

describeWithOpenSearch('a process with OpenSearch', endpoint => {
  let environment: FunctionEnvironment
  let proxy: EngineProxy
  let index: Ports['index']
  let project: (event: DynamoDBStreamEvent) => Promise<unknown>
  let prepareIndex: () => Promise<boolean>

  beforeAll(async () => {
    environment = await startFunctionEnvironment()
    proxy = await new EngineProxy(endpoint).open()
    Object.assign(process.env, { OPENSEARCH_ENDPOINT: proxy.url, OPENSEARCH_PREFIX: `${PREFIX}-` })
    index = (await import('#functions/runtime/services.ts')).createServices().index
    project = (await import('#functions/project/handler.ts')).handler
    ;({ bootstrapIndex: prepareIndex } = await import('#functions/project/bootstrap-index.ts'))
  })
  afterAll(async () => {
    await environment.engine.stop()
    await proxy.close()
    await deleteTestIndexes()
  })

  /** The indexes that were created first. */
  let createdIndexes: string[] = []
  const getActiveIndexes = async () => Object.keys(await askEngine('GET', `/${CUSTOMERS}/_alias`))
  /** Writes the rows of the stream to the table and projects them. */
  const projectSampleEvent = async () => {
    const event = await sampleEvent<DynamoDBStreamEvent>('views-stream')
    const tables = environment.engine.tables()
    const { toNewRow } = await import('#adapters/dynamodb/stream.ts')
    for (const record of event.Records) {
      const Item = toNewRow(record)
      if (Item !== null) await tables.put({ TableName: tables.names.views, Item })
    }
    await project(event)
  }

  test('creates an empty index for an empty list, and keeps it afterwards', async () => {
    expect(await prepareIndex()).toBe(true)
    createdIndexes = await getActiveIndexes()
    expect(createdIndexes).toHaveLength(1)
    await projectSampleEvent()
    expect(await prepareIndex()).toBe(true)
    expect(await getActiveIndexes()).toEqual(createdIndexes)
    expect(await index.getMany([NOETHER])).toMatchObject([{ id: NOETHER, person: { surname: 'Noether' } }])
  })

  test('rebuilds an index that holds another list', async () => {
    await index.put([{ id: 'c1', version: 1, person: person({ surname: 'Stranger' }), past: [] }], { visible: true })
    expect(await prepareIndex()).toBe(true)
    expect(await getActiveIndexes()).not.toEqual(createdIndexes)
    expect(await index.listIds(null, 9)).toEqual([NOETHER])
  })

  test('rebuilds an index that was deleted', async () => {
    await askEngine('DELETE', `/${CUSTOMERS}-*`)
    expect(await prepareIndex()).toBe(true)
    expect(await index.listIds(null, 9)).toEqual([NOETHER])
  })

  test('answers audit filters from an index that the schedule fills and updates', async () => {
    const services = (await import('#functions/runtime/services.ts')).createServices()
    const { handler: seal } = await import('#functions/seal/handler.ts')
    const { handler: reconcile } = await import('#functions/reconcile/handler.ts')
    const access = { location: LOCATION, actor: 'ada', action: 'search', outcome: 'done', asked: {} }
    const recordAccess = async (at: string, request_id: string) => {
      await services.accesses.record({ ...access, at, request_id })
      const NewImage = { pk: { S: `access#${at.slice(0, 10)}#0` }, sk: { S: `${at}#${request_id}` } }
      const attributes = {
        location: { S: LOCATION },
        actor: { S: 'ada' },
        action: { S: 'search' },
        outcome: { S: 'done' },
      }
      await reconcile({ Records: [{ eventName: 'INSERT', dynamodb: { NewImage: { ...NewImage, ...attributes } } }] })
    }
    const findIndexed = async () => {
      const checkpoint = await services.audit.carried()
      const keys = { above: '0', below: '~' }
      const names = await services.auditIndex?.find(checkpoint?.index ?? '', { actor: 'ada' }, keys, false, 10)
      return names?.map(({ key }) => key)
    }
    await services.locations.recordStreamPosition(new Date().toISOString())
    await recordAccess('2020-01-02T00:00:00.000Z', 'r2')
    await seal()
    expect(await findIndexed()).toEqual(['2020-01-02T00:00:00.000Z#r2'])
    // This entry arrives late.
    await recordAccess('2020-01-01T00:00:00.000Z', 'r1')
    await seal()
    expect(await findIndexed()).toEqual(['2020-01-01T00:00:00.000Z#r1', '2020-01-02T00:00:00.000Z#r2'])
    expect(Object.keys(await askEngine('GET', `/${AUDIT}/_alias`))).toHaveLength(1)

    const { handler: audit } = await import('#functions/audit/handler.ts')
    const queryStringParameters = { actor: 'ada', order: 'oldest' }
    const change = { resource: '/v1/audit', path: '/v1/audit', httpMethod: 'GET', body: null, queryStringParameters }
    const requestCount = proxy.sent.length
    const { items } = auditList.parse(JSON.parse((await invokeWithSample(audit, 'operations', change)).body))
    expect(items.map(({ request_id }) => request_id)).toEqual(['r1', 'r2'])
    expect(proxy.sent.slice(requestCount).map(({ path }) => path)).toEqual([expect.stringContaining(`/${AUDIT}-v`)])
  })
})

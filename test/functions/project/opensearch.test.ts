import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { DynamoDBStreamEvent } from 'aws-lambda'
import type { Ports } from '#domain/ports.ts'
import { askEngine, describeWithOpenSearch, PREFIX, sweep } from '../../adapters/opensearch/engine.ts'
import { person } from '../../domain/matching/people.ts'
import { type FunctionSurroundings, LOCATION, sampleEvent, surroundFunctions } from '../surroundings.ts'

const NOETHER = '3f2b8d1e-6c54-4a8e-9d0f-7b1c2a3d4e5f'
const CUSTOMERS = `${PREFIX}-customers-${LOCATION}`
const AUDIT = `${PREFIX}-audit-${LOCATION}`

describeWithOpenSearch('a process with an OpenSearch', endpoint => {
  let surroundings: FunctionSurroundings
  let index: Ports['index']
  let project: (event: DynamoDBStreamEvent) => Promise<unknown>
  let prepareIndex: () => Promise<boolean>

  beforeAll(async () => {
    surroundings = await surroundFunctions()
    Object.assign(process.env, { OPENSEARCH_ENDPOINT: endpoint, OPENSEARCH_PREFIX: `${PREFIX}-` })
    index = (await import('#functions/services.ts')).services().index
    project = (await import('#functions/project/handler.ts')).handler
    ;({ prepareIndex } = await import('#functions/project/load.ts'))
  })
  afterAll(async () => {
    await surroundings.engine.stop()
    await sweep()
  })

  /** The index that was made first. */
  let made: string[] = []
  const inUse = async () => Object.keys(await askEngine('GET', `/${CUSTOMERS}/_alias`))
  /** What the streams bring to the table and to the index. */
  const takeIn = async () => {
    const event = await sampleEvent<DynamoDBStreamEvent>('views-stream')
    const tables = surroundings.engine.tables()
    const { imageOf } = await import('#adapters/dynamodb/stream.ts')
    for (const record of event.Records) {
      const Item = imageOf(record)
      if (Item !== null) await tables.put({ TableName: tables.names.views, Item })
    }
    await project(event)
  }

  test('makes an index that is empty as the list is, and leaves it', async () => {
    expect(await prepareIndex()).toBe(true)
    made = await inUse()
    expect(made).toHaveLength(1)
    await takeIn()
    expect(await prepareIndex()).toBe(true)
    expect(await inUse()).toEqual(made)
    expect(await index.held([NOETHER])).toMatchObject([{ id: NOETHER, person: { surname: 'Noether' } }])
  })

  test('makes an index anew that holds another list', async () => {
    await index.put([{ id: 'c1', version: 1, person: person({ surname: 'Stranger' }), past: [] }], { visible: true })
    expect(await prepareIndex()).toBe(true)
    expect(await inUse()).not.toEqual(made)
    expect(await index.listed(null, 9)).toEqual([NOETHER])
  })

  test('makes an index anew that was lost', async () => {
    await askEngine('DELETE', `/${CUSTOMERS}-*`)
    expect(await prepareIndex()).toBe(true)
    expect(await index.listed(null, 9)).toEqual([NOETHER])
  })

  test('puts the lines of versions into an index of their own, once each', async () => {
    await takeIn()
    await takeIn()
    await askEngine('POST', `/${AUDIT}/_refresh`)
    const { hits } = (await askEngine('GET', `/${AUDIT}/_search`)) as { hits: { hits: { _source: { id: string } }[] } }
    expect(hits.hits.map(({ _source }) => _source.id)).toEqual([NOETHER])
  })
})

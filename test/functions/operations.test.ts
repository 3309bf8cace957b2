import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { APIGatewayProxyEvent } from 'aws-lambda'
import { createRequestContext } from '#adapters/clock.ts'
import { requestFieldBody } from '#contract/schemas/field.ts'
import { driftAnswer, pendingAnswer, rebuildAnswer } from '#contract/schemas/operations.ts'
import { problem } from '#contract/schemas/problem.ts'
import { requestTypeBody } from '#contract/schemas/type.ts'
import { FIRST } from '#domain/audit/entries.ts'
import { encodeCursor } from '#domain/cursor.ts'
import { requestField } from '#domain/fields/fields.ts'
import { requestType } from '#domain/fields/types.ts'
import type { CurrentRecord } from '#domain/records/current.ts'
import { toEntry } from '#domain/search/entry.ts'
import type { CandidateIndex } from '#domain/search/port.ts'
import { createCommitted, timestampAt, toWrite } from '../adapters/dynamodb/histories.ts'
import { toRun } from '../runs.ts'
import {
  type ApiHandler,
  type FunctionEnvironment,
  invokeWithSample,
  sampleEvent,
  startFunctionEnvironment,
} from './function-environment.ts'

const COUNT = 30

let environment: FunctionEnvironment
let handler: ApiHandler
let createServices: typeof import('#functions/runtime/services.ts').createServices
let rows: CurrentRecord[]

beforeAll(async () => {
  environment = await startFunctionEnvironment()
  ;({ handler } = await import('#functions/operations/handler.ts'))
  ;({ createServices: createServices } = await import('#functions/runtime/services.ts'))
  const { records } = createServices()
  rows = await Promise.all(
    Array.from({ length: COUNT }, (_, n) => createCommitted(records, { surname: `N${n}` }, timestampAt(n))),
  )
})
afterAll(() => environment.engine.stop())

const index = (): CandidateIndex => createServices().index
const invoke = async (change: Partial<APIGatewayProxyEvent> = {}) => {
  const { statusCode, body } = await invokeWithSample(handler, 'operations', change)
  return { status: statusCode, json: (): unknown => JSON.parse(body) }
}
const requestRebuild = (cursor?: string) =>
  invoke({
    resource: '/v1/index/rebuild',
    path: '/v1/index/rebuild',
    body: null,
    ...(cursor === undefined ? {} : { queryStringParameters: { cursor } }),
  })
const rebuildIndex = async (cursor?: string) => rebuildAnswer.parse((await requestRebuild(cursor)).json())
const drift = async (repair: boolean) => driftAnswer.parse((await invoke({ body: JSON.stringify({ repair }) })).json())
const ids = () => rows.map(({ id }) => id).sort()

const noneFound = { count: 0, ids: [] }
const NO_DRIFT = { missing: noneFound, behind: noneFound, ahead: noneFound, different: noneFound, orphan: noneFound }

describe.each(['/v1/index/rebuild', '/v1/views/rebuild'])('%s', path => {
  test('also makes the audit index start from the beginning', async () => {
    const { audit } = createServices()
    const checkpoint = await audit.carried()
    const checkpointKeys = { index: 'index', from: '2020-01-01', to: '2020-01-02' }
    await audit.putCarried({ ...checkpointKeys, n: (checkpoint?.n ?? 0) + 1 }, checkpoint)
    expect((await invoke({ resource: path, path, body: null })).status).toBe(200)
    expect(await audit.carried()).toMatchObject({ ...checkpointKeys, from: FIRST })
  })
})

describe('a rebuild', () => {
  test('indexes the whole table and ends', async () => {
    expect(await rebuildIndex()).toEqual({ phase: 'sweep', read: 4 * COUNT, filled: COUNT, mended: 0, next: null })
    expect(await index().listIds(null, 100)).toEqual(ids())
    expect((await index().exact(['n7'], 10)).map(({ id }) => id)).toEqual([rows[7]?.id])
  })

  test('continues from its cursor', async () => {
    const name = await index().create()
    const position = { name, phase: 'compare', shard: 0, after: null }
    const cursor = encodeCursor('c'.repeat(32), ['index', 'loc1', 'rebuild'], position)
    expect(await rebuildIndex(cursor)).toEqual({
      phase: 'sweep',
      read: 3 * COUNT,
      filled: 0,
      mended: COUNT,
      next: null,
    })
    expect(await index().listIds(null, 100)).toEqual(ids())
  })

  test('replaced by another one returns 503 and leaves the index unchanged', async () => {
    const position = { name: await index().create(), phase: 'adopt', shard: 0, after: null }
    await index().create()
    const { status, json } = await requestRebuild(encodeCursor('c'.repeat(32), ['index', 'loc1', 'rebuild'], position))
    expect([status, problem.parse(json()).status]).toEqual([503, 503])
    expect(await index().listIds(null, 100)).toEqual(ids())
  })

  test.each([
    ['of another location', ['index', 'loc2', 'rebuild']],
    ['of a comparison', ['index', 'loc1', ['drift', false]]],
  ])('refuses a cursor %s', async (_, scope) => {
    const position = { name: '0', phase: 'adopt', shard: 0, after: null }
    const { status, json } = await requestRebuild(encodeCursor('c'.repeat(32), scope, position))
    expect(status).toBe(400)
    expect(problem.parse(json()).errors).toEqual([{ pointer: '?cursor', detail: expect.any(String) }])
  })
})

describe('what waits for a decision', () => {
  const countPending = async () => {
    const change = { httpMethod: 'GET', resource: '/v1/pending', path: '/v1/pending', body: null }
    return pendingAnswer.parse((await invoke(change)).json())
  }

  test('is counted up to 100, however much it is', async () => {
    const { records, lists, pairs } = createServices()
    const none = { count: 0, more: false }
    const retention = { failed_runs: 0, last_run: null, interval_seconds: 3600 }
    expect(await countPending()).toEqual({ fields: none, types: none, conflicts: none, duplicates: none, retention })
    const request = createRequestContext({ location: 'loc1', actor: 'agent', request_id: randomUUID() })
    const definition = { name: 'shoe_size', label: 'Shoe size', type: 'number' as const }
    await requestField({ records, lists }, request, requestFieldBody.parse(definition))
    await requestType({ records, lists }, request, requestTypeBody.parse({ name: 'CLUB', label: 'Club' }))
    await pairs.putPairs(Array.from({ length: 130 }, () => ({ a: randomUUID(), b: randomUUID(), score: 0.9 })))
    const [row] = rows
    if (!row) throw new Error('the list has customers')
    const conflicted = { ...row, disputes: [{ field: 'surname', kept: 'k', lost: 'l' }] }
    await records.put(conflicted, row)
    const one = { count: 1, more: false }
    expect(await countPending()).toEqual({
      fields: one,
      types: one,
      conflicts: one,
      duplicates: { count: 100, more: true },
      retention,
    })
    await records.put(row, conflicted)
  })

  test('includes the last run of the purge, and how many have failed since the last that did not', async () => {
    const { purges } = createServices()
    for (const run of [
      toRun({ at: timestampAt(1), failed: true }),
      toRun({ at: timestampAt(2), due: 7 }),
      toRun({ at: timestampAt(3), failed: true }),
      toRun({ at: timestampAt(4), failed: true, due: 5 }),
    ])
      await purges.putRun(run)
    const { retention } = await countPending()
    expect(retention).toMatchObject({ failed_runs: 2, last_run: { at: timestampAt(4), due: 5, failed: true } })
    await purges.putRun(toRun({ at: timestampAt(5), due: 3, finished: false }))
    expect((await countPending()).retention).toMatchObject({ failed_runs: 0, last_run: { due: 3, finished: false } })
  })
})

describe('the sample event', () => {
  beforeEach(async () => {
    await rebuildIndex()
  })

  test('compares and repairs', async () => {
    const { records } = createServices()
    const [first, secondRow] = rows
    if (!first || !secondRow) throw new Error('the list has customers')
    const write = await toWrite(records, { id: first.id, row: first, fields: { dob: '1980' }, at: timestampAt(100) })
    await records.commit([write])
    rows = [write.row, ...rows.slice(1)]
    await index().put([{ ...toEntry(secondRow, new Map()), past: [], person: null }])
    const expectedDrift = {
      ...NO_DRIFT,
      behind: { count: 1, ids: [first.id] },
      different: { count: 1, ids: [secondRow.id] },
    }
    const { status, json } = await invoke()
    expect(status).toBe(200)
    expect(driftAnswer.parse(json())).toEqual({
      customers: COUNT,
      entries: COUNT - 1,
      differences: expectedDrift,
      repaired: 2,
      needs_rebuild: false,
      next: null,
    })
    expect(await drift(false)).toMatchObject({ differences: NO_DRIFT, entries: COUNT, repaired: 0 })
  })

  test('without `repair` reports the differences and leaves them', async () => {
    const [, , third] = rows
    if (!third) throw new Error('the list has customers')
    await index().put([{ ...toEntry(third, new Map()), id: crypto.randomUUID() }])
    const first = await drift(false)
    expect(first).toMatchObject({ differences: { ...NO_DRIFT, orphan: { count: 1 } }, repaired: 0 })
    expect(await drift(false)).toEqual(first)
    expect(await drift(true)).toMatchObject({ differences: first.differences, repaired: 1 })
    expect((await drift(false)).differences).toEqual(NO_DRIFT)
  })

  test('by an agent is refused', async () => {
    const { requestContext } = await sampleEvent<APIGatewayProxyEvent>('operations')
    const authorizer = { ...requestContext.authorizer, role: 'agent' }
    expect((await invoke({ requestContext: { ...requestContext, authorizer } })).status).toBe(403)
  })
})

describe('which locations can be reached', () => {
  const NOW = new Date().toISOString()
  const LONG_AGO = '2020-01-01T00:00:00.000Z'

  test('is told to an agent, and nothing else of them; their state is not', async () => {
    const { locations } = createServices()
    const status = { seen: {}, index_lag_ms: 5, conflicts: 3, drift: 2 }
    for (const [name, received] of [
      ['loc2', NOW],
      ['loc3', LONG_AGO],
    ] as const) {
      await locations.putHeartbeat({ name, sent: received, ...status })
      await locations.recordArrival(name, received, received)
    }
    await locations.putHeartbeat({ name: 'loc4', sent: NOW, ...status })
    const { requestContext } = await sampleEvent<APIGatewayProxyEvent>('operations')
    const authorizer = { ...requestContext.authorizer, role: 'agent' }
    const get = (path: string) =>
      invoke({
        ...{ httpMethod: 'GET', resource: path, path, body: null },
        requestContext: { ...requestContext, authorizer },
      })
    const { status: code, json } = await get('/v1/reachability')
    expect([code, json()]).toEqual([
      200,
      {
        items: [
          { name: 'loc1', up: true },
          { name: 'loc2', up: true },
          { name: 'loc3', up: false },
          { name: 'loc4', up: false },
        ],
      },
    ])
    expect((await get('/v1/locations')).status).toBe(403)
  })
})

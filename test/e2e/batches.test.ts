import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { problemType } from '#contract/problems.ts'
import { type Batch, batch } from '#contract/schemas/batch.ts'
import { problem } from '#contract/schemas/problem.ts'
import { Agent } from './agent.ts'
import { newSource, people, sendAccepted, sendBatch, toCounts, toIds, withoutDuplicates, withZeros } from './batches.ts'
import { startServer, type TestServer } from './server.ts'
import { until } from './until.ts'

const BOUND = 5000

let server: TestServer
let agent: Agent
let provider: Agent

beforeAll(async () => {
  server = await startServer()
  agent = await Agent.logIn(server)
  provider = await Agent.logIn(server, 'provider')
})
afterAll(() => server.stop())

describe('a batch', () => {
  test('creates its rows, reports each in order, and can be read again', async () => {
    const accepted = await sendAccepted(agent, newSource(), people(60))
    expect(toCounts(accepted)).toEqual(withZeros({ rows: 60, created: 60 }))
    expect(accepted.results.map(({ row, outcome, problem }) => [row, outcome, problem])).toEqual(
      people(60).map((_, n) => [n + 1, 'created', null]),
    )
    expect(new Set(toIds(accepted)).size).toBe(60)
    for (const n of [0, 31, 59])
      expect(await agent.read(toIds(accepted)[n] ?? '')).toMatchObject({
        surname: `Batch${n}`,
        given_name: 'Row',
        details: { city: 'Gent' },
      })
    const stored = (await provider.send('GET', `/v1/batches/${accepted.id}`)).as(batch)
    expect(withoutDuplicates(stored)).toEqual(withoutDuplicates(accepted))
  })

  test('sent again reports all rows as unchanged and adds no version', async () => {
    const source = newSource()
    const first = await sendAccepted(agent, source, people(30))
    const repeated = await sendAccepted(agent, source, people(30))
    expect(toCounts(repeated)).toEqual(withZeros({ rows: 30, unchanged: 30 }))
    expect(toIds(repeated)).toEqual(toIds(first))
    expect(repeated.id).not.toBe(first.id)
    const versions = await Promise.all(toIds(first).map(id => agent.versions(id)))
    expect(versions).toEqual(versions.map(() => 1))
  })

  test('updates only the rows with changes', async () => {
    const source = newSource()
    const first = await sendAccepted(agent, source, people(5))
    const rows = people(6).map((row, n) =>
      n === 1 ? { ...row, surname: 'New' } : n === 3 ? { id: row.id, surname: row.surname } : row,
    )
    const second = await sendAccepted(agent, source, rows)
    expect(second.results.map(({ outcome }) => outcome)).toEqual([
      'unchanged',
      'updated',
      'unchanged',
      'unchanged',
      'unchanged',
      'created',
    ])
    const [, updatedId = ''] = toIds(first)
    expect((await agent.history(updatedId))[0]).toMatchObject({
      action: 'update',
      sets: ['surname'],
      surname: 'New',
      given_name: 'Row',
      actor: 'agent',
    })
  })

  test('applies several rows of one customer in order', async () => {
    const source = newSource()
    const accepted = await sendAccepted(agent, source, [
      { id: 'x', surname: 'First' },
      { id: 'y', surname: 'Other' },
      { id: 'x', surname: 'Second' },
      { id: 'x', surname: 'Third' },
      { id: 'x', surname: 'Third' },
    ])
    expect(accepted.results.map(({ outcome }) => outcome)).toEqual([
      'created',
      'created',
      'updated',
      'updated',
      'unchanged',
    ])
    const [id = ''] = toIds(accepted)
    expect((await agent.history(id)).map(({ surname }) => surname)).toEqual(['Third', 'Second', 'First'])
  })

  test('of another source with the same keys creates other customers', async () => {
    const [first, second] = [
      await sendAccepted(agent, newSource(), people(3)),
      await sendAccepted(agent, newSource(), people(3)),
    ]
    expect(new Set([...toIds(first), ...toIds(second)]).size).toBe(6)
  })

  test('sent several times at once creates each row once', async () => {
    const source = newSource()
    const responses = await Promise.all([1, 2, 3].map(() => sendBatch(agent, source, people(40))))
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 200])
    const batches = responses.map(answer => answer.as(batch))
    expect(batches.reduce((sum, { created }) => sum + created, 0)).toBe(40)
    expect(batches.reduce((sum, { unchanged }) => sum + unchanged, 0)).toBe(80)
    const versions = await Promise.all(toIds(batches[0] as Batch).map(id => agent.versions(id)))
    expect(versions).toEqual(versions.map(() => 1))
  })

  test('is found by search soon', async () => {
    const [id = ''] = toIds(await sendAccepted(agent, newSource(), [{ id: '1', surname: 'Ingestedperson' }]))
    await until(
      async () => (await agent.send('POST', '/v1/search', { q: 'Ingestedperson', mode: 'exact' })).text.includes(id),
      BOUND,
      'the row to be found',
    )
  })

  test('skips blank lines', async () => {
    expect(
      toCounts(
        await sendAccepted(agent, newSource(), [
          '',
          '{"id":"1","surname":"A"}',
          '   ',
          '{"id":"2","surname":"B"}',
          '',
          '',
        ]),
      ),
    ).toEqual(withZeros({ rows: 2, created: 2 }))
  })

  test('may have 500 rows, and is refused as a whole with more', async () => {
    const source = newSource()
    const rows = people(501)
    const response = await sendBatch(agent, source, rows)
    expect(response.status).toBe(413)
    expect(response.as(problem).type).toBe(problemType('too-large'))
    expect(toCounts(await sendAccepted(agent, source, rows.slice(0, 500)))).toEqual(
      withZeros({ rows: 500, created: 500 }),
    )
  })

  test('with actions and dates reports each row, the sender, the time and the location', async () => {
    const text = [
      'id,action,valid_from,surname',
      'x,,2001-02-03,First',
      'y,,,Other',
      'y,delete,,',
      'x,delete,2005-01-01,',
      'y,restore,,',
      'x,,2999-01-01,Future',
      'z,delete,,',
      '',
    ].join('\n')
    const startedAt = new Date().toISOString()
    const accepted = await sendAccepted(agent, newSource(), text)
    const repeated = (await agent.send('GET', `/v1/batches/${accepted.id}`)).as(batch)
    expect(withoutDuplicates(repeated)).toEqual(withoutDuplicates(accepted))
    expect(accepted).toMatchObject({ rows: 7, created: 2, deleted: 2, restored: 1, refused: 2, actor: 'agent' })
    expect(accepted.at >= startedAt && accepted.at <= new Date().toISOString()).toBe(true)
    expect(accepted.location).toBe(server.location)
    expect(accepted.results.map(({ row, outcome }) => [row, outcome])).toEqual([
      [1, 'created'],
      [2, 'created'],
      [3, 'deleted'],
      [4, 'deleted'],
      [5, 'restored'],
      [6, 'refused'],
      [7, 'refused'],
    ])
    const [x = '', y = ''] = toIds(accepted)
    expect(await agent.read(x, 'as_of=2004-12-31')).toMatchObject({ surname: 'First', state: 'active' })
    expect(await agent.read(x)).toMatchObject({ state: 'deleted', valid_from: '2005-01-01T00:00:00.000Z' })
    expect(await agent.read(y)).toMatchObject({ surname: 'Other', state: 'active' })
  })

  test('that is unknown returns 404', async () => {
    expect((await agent.send('GET', `/v1/batches/${randomUUID()}`)).status).toBe(404)
  })
})

describe("an agent's correction", () => {
  test('remains until the source sends another value for the field', async () => {
    const source = newSource()
    const row = { id: '1', surname: 'Tpyo', given_name: 'Ann', dob: '1980' }
    const [id = ''] = toIds(await sendAccepted(agent, source, [row]))
    await agent.patch(id, { surname: 'Typo', details: { note: 'called' } })
    expect(toCounts(await sendAccepted(agent, source, [row]))).toEqual(withZeros({ rows: 1, unchanged: 1 }))
    expect(await agent.read(id)).toMatchObject({ surname: 'Typo', details: { note: 'called' } })
    expect(toCounts(await sendAccepted(agent, source, [{ ...row, dob: '1981' }]))).toEqual(
      withZeros({ rows: 1, updated: 1 }),
    )
    expect(await agent.read(id)).toMatchObject({ surname: 'Typo', dob: '1981', details: { note: 'called' } })
    expect(toCounts(await sendAccepted(agent, source, [{ ...row, dob: '1981', surname: 'Tipo' }]))).toEqual(
      withZeros({ rows: 1, updated: 1 }),
    )
    expect(await agent.read(id)).toMatchObject({ surname: 'Tipo', dob: '1981', details: { note: 'called' } })
    expect(await agent.versions(id)).toBe(4)
  })

  test('that deletes the customer makes further rows refused', async () => {
    const source = newSource()
    const row = { id: '1', surname: 'Gone' }
    const [id = ''] = toIds(await sendAccepted(agent, source, [row]))
    await agent.delete(id)
    expect(toCounts(await sendAccepted(agent, source, [row]))).toEqual(withZeros({ rows: 1, unchanged: 1 }))
    const secondBatch = await sendAccepted(agent, source, [
      { ...row, surname: 'Back' },
      { id: '2', surname: 'Other' },
    ])
    expect(secondBatch.results).toMatchObject([
      { outcome: 'refused', id, problem: expect.stringContaining('deleted') },
      { outcome: 'created' },
    ])
    expect(await agent.read(id)).toMatchObject({ surname: 'Gone', state: 'deleted' })
  })
})

describe('an idempotency key', () => {
  test('makes a repeated batch return its first result, whatever changed since', async () => {
    const source = newSource()
    const headers = { 'Idempotency-Key': randomUUID() }
    const rows = [
      { id: '1', surname: 'A' },
      { id: '2', dob: '1980' },
    ]
    const first = await sendBatch(agent, source, rows, headers)
    await agent.patch(toIds(first.as(batch))[0] ?? '', { surname: 'B' })
    const repeated = await sendBatch(agent, source, rows, headers)
    expect(repeated.status).toBe(200)
    expect(withoutDuplicates(repeated.as(batch))).toEqual(withoutDuplicates(first.as(batch)))
    for (const response of [
      await sendBatch(agent, source, [{ id: '1', surname: 'C' }], headers),
      await sendBatch(agent, newSource(), rows, headers),
    ]) {
      expect(response.status).toBe(422)
      expect(response.as(problem).type).toBe(problemType('key-reused'))
    }
    expect((await sendBatch(provider, source, rows, headers)).as(batch).id).not.toBe(first.as(batch).id)
  })
})

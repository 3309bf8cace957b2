import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { problemType } from '#contract/problems.ts'
import { type Batch, batch } from '#contract/schemas/batch.ts'
import { problem } from '#contract/schemas/problem.ts'
import { Agent } from './agent.ts'
import { counts, newSource, only, people, send, take, toIds } from './batch-senders.ts'
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
  test('creates its rows, each told in its place, and can be read again', async () => {
    const made = await take(agent, newSource(), people(60))
    expect(counts(made)).toEqual(only({ rows: 60, created: 60 }))
    expect(made.results.map(({ row, outcome, problem }) => [row, outcome, problem])).toEqual(
      people(60).map((_, n) => [n + 1, 'created', null]),
    )
    expect(new Set(toIds(made)).size).toBe(60)
    for (const n of [0, 31, 59])
      expect(await agent.read(toIds(made)[n] ?? '')).toMatchObject({
        surname: `Batch${n}`,
        given_name: 'Row',
        details: { city: 'Gent' },
      })
    expect((await provider.send('GET', `/v1/batches/${made.id}`)).as(batch)).toEqual(made)
  })

  test('again changes nothing: unchanged, and not one version more', async () => {
    const source = newSource()
    const first = await take(agent, source, people(30))
    const again = await take(agent, source, people(30))
    expect(counts(again)).toEqual(only({ rows: 30, unchanged: 30 }))
    expect(toIds(again)).toEqual(toIds(first))
    expect(again.id).not.toBe(first.id)
    const versions = await Promise.all(toIds(first).map(id => agent.versions(id)))
    expect(versions).toEqual(versions.map(() => 1))
  })

  test('in which some rows say something new updates those alone', async () => {
    const source = newSource()
    const first = await take(agent, source, people(5))
    const rows = people(6).map((row, n) =>
      n === 1 ? { ...row, surname: 'New' } : n === 3 ? { id: row.id, surname: row.surname } : row,
    )
    const second = await take(agent, source, rows)
    expect(second.results.map(({ outcome }) => outcome)).toEqual([
      'unchanged',
      'updated',
      'unchanged',
      'unchanged',
      'unchanged',
      'created',
    ])
    const [, one = ''] = toIds(first)
    expect((await agent.history(one))[0]).toMatchObject({
      action: 'update',
      sets: ['surname'],
      surname: 'New',
      given_name: 'Row',
      actor: 'agent',
    })
  })

  test('with one customer in several rows takes them in their order', async () => {
    const source = newSource()
    const made = await take(agent, source, [
      { id: 'x', surname: 'First' },
      { id: 'y', surname: 'Other' },
      { id: 'x', surname: 'Second' },
      { id: 'x', surname: 'Third' },
      { id: 'x', surname: 'Third' },
    ])
    expect(made.results.map(({ outcome }) => outcome)).toEqual([
      'created',
      'created',
      'updated',
      'updated',
      'unchanged',
    ])
    const [id = ''] = toIds(made)
    expect((await agent.history(id)).map(({ surname }) => surname)).toEqual(['Third', 'Second', 'First'])
  })

  test('of another source with the same keys is of other customers', async () => {
    const [one, two] = [await take(agent, newSource(), people(3)), await take(agent, newSource(), people(3))]
    expect(new Set([...toIds(one), ...toIds(two)]).size).toBe(6)
  })

  test('twice at the same time creates each row once', async () => {
    const source = newSource()
    const answers = await Promise.all([1, 2, 3].map(() => send(agent, source, people(40))))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    const batches = answers.map(answer => answer.as(batch))
    expect(batches.reduce((sum, { created }) => sum + created, 0)).toBe(40)
    expect(batches.reduce((sum, { unchanged }) => sum + unchanged, 0)).toBe(80)
    const versions = await Promise.all(toIds(batches[0] as Batch).map(id => agent.versions(id)))
    expect(versions).toEqual(versions.map(() => 1))
  })

  test('is found by search soon', async () => {
    const [id = ''] = toIds(await take(agent, newSource(), [{ id: '1', surname: 'Ingestedperson' }]))
    await until(
      async () => (await agent.send('POST', '/v1/search', { q: 'Ingestedperson', mode: 'exact' })).text.includes(id),
      BOUND,
      'the row to be found',
    )
  })

  test('passes over blank lines', async () => {
    expect(
      counts(
        await take(agent, newSource(), ['', '{"id":"1","surname":"A"}', '   ', '{"id":"2","surname":"B"}', '', '']),
      ),
    ).toEqual(only({ rows: 2, created: 2 }))
  })

  test('of five hundred rows is taken, and of one more refused as a whole', async () => {
    const source = newSource()
    const many = people(501)
    const refused = await send(agent, source, many)
    expect(refused.status).toBe(413)
    expect(refused.as(problem).type).toBe(problemType('too-large'))
    expect(counts(await take(agent, source, many.slice(0, 500)))).toEqual(only({ rows: 500, created: 500 }))
  })

  test('of rows that create, delete, restore and have dates tells each, who sent it, when and where', async () => {
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
    const began = new Date().toISOString()
    const made = await take(agent, newSource(), text)
    const again = (await agent.send('GET', `/v1/batches/${made.id}`)).as(batch)
    expect(again).toEqual(made)
    expect(made).toMatchObject({ rows: 7, created: 2, deleted: 2, restored: 1, refused: 2, actor: 'agent' })
    expect(made.at >= began && made.at <= new Date().toISOString()).toBe(true)
    expect(made.location).toBe(server.location)
    expect(made.results.map(({ row, outcome }) => [row, outcome])).toEqual([
      [1, 'created'],
      [2, 'created'],
      [3, 'deleted'],
      [4, 'deleted'],
      [5, 'restored'],
      [6, 'refused'],
      [7, 'refused'],
    ])
    const [x = '', y = ''] = toIds(made)
    expect(await agent.read(x, 'as_of=2004-12-31')).toMatchObject({ surname: 'First', state: 'active' })
    expect(await agent.read(x)).toMatchObject({ state: 'deleted', valid_from: '2005-01-01T00:00:00.000Z' })
    expect(await agent.read(y)).toMatchObject({ surname: 'Other', state: 'active' })
  })

  test('that is not there is a 404', async () => {
    expect((await agent.send('GET', `/v1/batches/${randomUUID()}`)).status).toBe(404)
  })
})

describe("an agent's correction", () => {
  test('stays while the source says what it said, and gives way to what it says anew', async () => {
    const source = newSource()
    const row = { id: '1', surname: 'Tpyo', given_name: 'Ann', dob: '1980' }
    const [id = ''] = toIds(await take(agent, source, [row]))
    await agent.patch(id, { surname: 'Typo', details: { note: 'called' } })
    expect(counts(await take(agent, source, [row]))).toEqual(only({ rows: 1, unchanged: 1 }))
    expect(await agent.read(id)).toMatchObject({ surname: 'Typo', details: { note: 'called' } })
    expect(counts(await take(agent, source, [{ ...row, dob: '1981' }]))).toEqual(only({ rows: 1, updated: 1 }))
    expect(await agent.read(id)).toMatchObject({ surname: 'Typo', dob: '1981', details: { note: 'called' } })
    expect(counts(await take(agent, source, [{ ...row, dob: '1981', surname: 'Tipo' }]))).toEqual(
      only({ rows: 1, updated: 1 }),
    )
    expect(await agent.read(id)).toMatchObject({ surname: 'Tipo', dob: '1981', details: { note: 'called' } })
    expect(await agent.versions(id)).toBe(4)
  })

  test('that deleted the customer stays: the row is refused', async () => {
    const source = newSource()
    const row = { id: '1', surname: 'Gone' }
    const [id = ''] = toIds(await take(agent, source, [row]))
    await agent.delete(id)
    expect(counts(await take(agent, source, [row]))).toEqual(only({ rows: 1, unchanged: 1 }))
    const changed = await take(agent, source, [
      { ...row, surname: 'Back' },
      { id: '2', surname: 'Other' },
    ])
    expect(changed.results).toMatchObject([
      { outcome: 'refused', id, problem: expect.stringContaining('deleted') },
      { outcome: 'created' },
    ])
    expect(await agent.read(id)).toMatchObject({ surname: 'Gone', state: 'deleted' })
  })
})

describe('an idempotency key', () => {
  test('makes the same batch answer as the first time, whatever came between', async () => {
    const source = newSource()
    const key = { 'Idempotency-Key': randomUUID() }
    const rows = [
      { id: '1', surname: 'A' },
      { id: '2', dob: '1980' },
    ]
    const first = await send(agent, source, rows, key)
    await agent.patch(toIds(first.as(batch))[0] ?? '', { surname: 'B' })
    const again = await send(agent, source, rows, key)
    expect({ status: again.status, json: again.json }).toEqual({ status: 200, json: first.json })
    for (const other of [
      await send(agent, source, [{ id: '1', surname: 'C' }], key),
      await send(agent, newSource(), rows, key),
    ]) {
      expect(other.status).toBe(422)
      expect(other.as(problem).type).toBe(problemType('key-reused'))
    }
    expect((await send(provider, source, rows, key)).as(batch).id).not.toBe(first.as(batch).id)
  })
})

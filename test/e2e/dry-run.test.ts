import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Batch, batch } from '#contract/schemas/batch.ts'
import { problem } from '#contract/schemas/problem.ts'
import { Agent } from './agent.ts'
import { newSource, sendAccepted, toCounts, toIds, withZeros } from './batches.ts'
import { startServer, type TestServer } from './server.ts'
import { until } from './until.ts'

let server: TestServer
let agent: Agent

beforeAll(async () => {
  server = await startServer()
  agent = await Agent.logIn(server)
})
afterAll(() => server.stop())

const send = async (query: Record<string, string>, rows: readonly unknown[], headers: Record<string, string> = {}) =>
  agent.send('POST', `/v1/batches?${new URLSearchParams(query)}`, rows.map(row => JSON.stringify(row)).join('\n'), {
    'Content-Type': 'application/x-ndjson',
    ...headers,
  })
const preview = async (
  source: string,
  rows: readonly unknown[],
  headers: Record<string, string> = {},
): Promise<Batch> => (await send({ source, dry_run: 'true' }, rows, headers)).as(batch)

const ROWS = [
  { id: '1', surname: 'Previewer', given_name: 'Ann' },
  { id: '2', surname: 'Previewer', dob: '1999-02-30' },
  { id: '3', surname: 'Previewer', given_name: 'Bob' },
  { id: '3', surname: 'Previewer', given_name: 'Bobby' },
  { id: '4', surname: 'Previewer', valid_from: '2020-01-01' },
  { id: '4', action: 'delete', valid_from: '2021-01-01' },
  { id: '4', surname: 'Previewer-Lee', valid_from: '2022-01-01' },
]

describe('a dry run of a batch', () => {
  test('answers as the batch does after it, and writes nothing', async () => {
    const source = newSource()
    const { results, dry_run, ...planned } = await preview(source, ROWS)
    expect(dry_run).toBe(true)
    for (const id of toIds({ ...planned, dry_run, results }).filter(Boolean))
      expect((await agent.get(id)).status).toBe(404)
    expect((await agent.send('GET', `/v1/batches/${planned.id}`)).status).toBe(404)
    const made = await sendAccepted(agent, source, ROWS)
    expect(made.dry_run).toBe(false)
    expect(results.map(({ outcome }) => outcome)).toEqual([
      'created',
      'refused',
      'created',
      'updated',
      'created',
      'deleted',
      'updated',
    ])
    expect(made.results.map(({ id, outcome, problem }) => [id, outcome, problem])).toEqual(
      results.map(({ id, outcome, problem }) => [id, outcome, problem]),
    )
    expect(toCounts(await preview(source, ROWS.slice(0, 1)))).toEqual(withZeros({ rows: 1, unchanged: 1 }))
  })

  test('leaves the idempotency key to the batch', async () => {
    const source = newSource()
    const key = { 'Idempotency-Key': newSource() }
    expect(toCounts(await preview(source, [{ id: '1', surname: 'Keyed' }], key))).toEqual(
      withZeros({ rows: 1, created: 1 }),
    )
    const sent = await send({ source }, [{ id: '2', surname: 'Keyed' }], key)
    expect(toCounts(sent.as(batch))).toEqual(withZeros({ rows: 1, created: 1 }))
  })

  test('names who looks like somebody on the list', async () => {
    const person = { surname: 'Wyszyńska', given_name: 'Grażyna', dob: '1961-05-07' }
    const { id } = await agent.create(person)
    const row = { id: '1', ...person, surname: 'Wyszynska' }
    await until(
      async () =>
        (await preview(newSource(), [row])).results[0]?.likely_duplicates?.some(likely => likely.id === id) === true,
      5000,
      'the duplicate to be found',
    )
  })
})

describe('a batch with the ids of the registry', () => {
  test('changes these customers, and creates those that are not there under their ids', async () => {
    const { id } = await agent.create({ surname: 'Registered', given_name: 'A' })
    const other = crypto.randomUUID()
    const rows = [
      { id, surname: 'Registered', given_name: 'A' },
      { id: other, surname: 'Registered', given_name: 'B' },
      { id: 'crm-7', surname: 'Registered' },
    ]
    const made = (await send({ source: newSource(), ids: 'registry' }, rows)).as(batch)
    expect(toCounts(made)).toEqual(withZeros({ rows: 3, unchanged: 1, created: 1, refused: 1 }))
    expect(made.results.map(result => result.id)).toEqual([id, other, null])
    expect(made.results[2]?.problem).toBe('#/id is not a customer id')
    expect(await agent.read(other)).toMatchObject({ given_name: 'B' })
  })
})

describe('the customers of a source', () => {
  test('are listed by it', async () => {
    const [source, other] = [newSource(), newSource()]
    const [ours] = [
      toIds(
        await sendAccepted(agent, source, [
          { id: '1', surname: 'A' },
          { id: '2', surname: 'B' },
        ]),
      ),
    ]
    await sendAccepted(agent, other, [{ id: '1', surname: 'C' }])
    const idsOfSource = async () => (await agent.list(`source=${source}&limit=100`)).map(({ id }) => id)
    await until(
      async () => (await idsOfSource()).length >= ours.length,
      30_000,
      'the customers of the source to be listed',
    )
    expect((await idsOfSource()).sort()).toEqual(ours.sort())
    const none = (await agent.send('GET', '/v1/customers?source=')).as(problem)
    expect(none.errors).toMatchObject([{ pointer: '?source' }])
  })
})

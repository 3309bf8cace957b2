import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { customer } from '#contract/schemas/customer.ts'
import { problem } from '#contract/schemas/problem.ts'
import { matchAnswer } from '#contract/schemas/query.ts'
import { Agent } from './agent.ts'
import { startServer, type TestServer } from './server.ts'
import { until } from './until.ts'

const BOUND = 5000

let server: TestServer
let agent: Agent

beforeAll(async () => {
  server = await startServer()
  agent = await Agent.logIn(server)
})
afterAll(() => server.stop())

const match = async (body: unknown) => (await agent.send('POST', '/v1/match', body)).as(matchAnswer).results
const isFound = async (q: string, id: string) => (await agent.send('POST', '/v1/search', { q })).text.includes(id)

describe('a match', () => {
  let ids: string[]
  const people = [
    { surname: 'Przybylski', given_name: 'Zbigniew', dob: '1955-12-24' },
    { surname: 'Hämäläinen', given_name: 'Päivi', document_number: 'FI 998-1' },
  ]
  beforeAll(async () => {
    ids = await Promise.all(people.map(async person => (await agent.create(person)).id))
    for (const [n, id] of ids.entries())
      await until(() => isFound(people[n]?.surname ?? '', id), BOUND, `${id} to be found`)
  })

  test('answers each query in order', async () => {
    const queries = [
      { surname: 'Hamalainen', given_name: 'Paivi' },
      { surname: 'Xqzjwvkp', given_name: 'Qqq' },
      { surname: 'Przybylsky', given_name: 'Zbigniew', dob: '1955-12-24' },
    ]
    const results = await match({ queries })
    expect(results.map(({ query }) => query)).toEqual(queries)
    expect(results.map(({ items }) => items[0]?.customer.id)).toEqual([ids[1], undefined, ids[0]])
  })

  test('returns reasons only on request', async () => {
    const queries = [{ surname: 'Przybylski', given_name: 'Zbigniew', dob: '1955-12-24' }]
    const [withoutReasons] = await match({ queries })
    const [withReasons] = await match({ queries, explain: true })
    expect(withoutReasons?.items[0]?.reasons).toEqual([])
    expect(withReasons?.items[0]?.reasons.map(({ field }) => field)).toEqual(expect.arrayContaining(['name', 'dob']))
  })

  test('refuses unusable details with their pointers', async () => {
    const queries = [{ surname: 'Lee' }, { surname: 'Lee', details: { no_such_field: 'x' } }]
    const response = (await agent.send('POST', '/v1/match', { queries })).as(problem)
    expect(response).toMatchObject({
      status: 400,
      errors: [{ pointer: '#/queries/1/details/no_such_field', detail: 'is not an authorised field' }],
    })
  })

  test('excludes the given customers', async () => {
    const [result] = await match({
      queries: [{ surname: 'Przybylski', given_name: 'Zbigniew' }],
      exclude: [ids[0]?.toUpperCase()],
    })
    expect(result?.items.map(({ customer }) => customer.id)).not.toContain(ids[0])
  })

  test('finds a customer by the document number alone', async () => {
    const [result] = await match({ queries: [{ document_number: 'fi998-1' }] })
    expect(result?.items.map(({ customer }) => customer.id)).toContain(ids[1])
  })

  test('accepts a hundred queries at once', async () => {
    const queries = Array.from({ length: 100 }, (_, n) => ({
      surname: n % 2 ? 'Przybylski' : 'Hämäläinen',
      given_name: n % 2 ? 'Zbigniew' : 'Päivi',
    }))
    const results = await match({ queries, limit: 1 })
    expect(results.map(({ items }) => items[0]?.customer.id)).toEqual(queries.map((_, n) => ids[n % 2 ? 0 : 1]))
  })

  test('returns complete customers', async () => {
    const [result] = await match({ queries: [people[0]] })
    expect(customer.safeParse(result?.items[0]?.customer).success).toBe(true)
  })
})

/** The product over a real OpenSearch that stops answering, and answers again. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { problem } from '#contract/schemas/problem.ts'
import { lookupAnswer, matchAnswer, searchAnswer } from '#contract/schemas/query.ts'
import { ping } from '#contract/schemas/service.ts'
import { askEngine, describeWithOpenSearch } from '../adapters/opensearch/engine.ts'
import { EngineProxy } from '../adapters/opensearch/engine-proxy.ts'
import { Agent } from './agent.ts'
import { startServer, type TestServer } from './server.ts'
import { until } from './until.ts'

const BOUND = 20_000

describeWithOpenSearch('while OpenSearch does not answer', endpoint => {
  const prefix = `e2e-${randomUUID().slice(0, 8)}-`
  let way: EngineProxy
  let server: TestServer
  let agent: Agent

  beforeAll(async () => {
    way = await new EngineProxy(endpoint).open()
    server = await startServer({ OPENSEARCH_ENDPOINT: way.url, OPENSEARCH_PREFIX: prefix })
    agent = await Agent.logIn(server)
  }, 60_000)
  afterAll(async () => {
    await server.stop()
    await way.close()
    await askEngine('DELETE', `/${prefix}*`)
  })

  const search = (body: unknown) => agent.send('POST', '/v1/search', body)
  const isFound = async (q: string, id: string) => (await search({ q })).text.includes(id)
  const lookup = (body: unknown) => server.api('POST', '/v1/lookup', { body })
  const PERSON = { surname: 'Wintergreen', given_name: 'Tabitha', dob: '1966-02-03', document_number: 'WG 700 100' }

  test('writes, reads and exact look-ups go on, fuzzy ones are 503, and afterwards nothing is missing', async () => {
    const { id } = await agent.create(PERSON)
    await until(() => isFound('Tabita Wintergren', id), BOUND, 'the customer to be found')
    expect((await search({ q: 'wintergreen' })).as(searchAnswer)).toMatchObject({
      degraded: false,
      engine: 'opensearch',
    })

    way.cut()
    // Writes and reads go on; nobody could look for likely duplicates.
    const made = await agent.send('POST', '/v1/customers', {
      surname: 'Wintergreen',
      given_name: 'Tobias',
      dob: '1999-09-09',
    })
    expect([made.status, made.json]).toEqual([201, expect.objectContaining({ likely_duplicates: null })])
    expect((await agent.patch(id, { given_name: 'Tabitha Jane' })).status).toBe(200)
    expect((await agent.read(id)).given_name).toBe('Tabitha Jane')

    // Exact look-ups go on, by the table.
    for (const q of ['Wintergreen Tabitha Jane', 'wg-700100']) {
      const exact = (await search({ q, mode: 'exact' })).as(searchAnswer)
      expect(exact).toMatchObject({ degraded: true, engine: 'table' })
      expect(exact.items.map(hit => hit.customer.id)).toEqual([id])
    }
    const { answer } = (await lookup({ surname: 'Wintergreen', document_number: 'WG700100' })).as(lookupAnswer)
    expect(answer).toBe('listed')

    // What only resemblance can tell is refused, and never answered with less.
    const refused = [
      await search({ q: 'Tabita Wintergren' }),
      await agent.send('POST', '/v1/match', { queries: [{ surname: 'Wintergreen' }] }),
      await agent.send('GET', `/v1/customers/${id}/duplicates`),
      await lookup({ surname: 'Wintergreen', given_name: 'Nobody' }),
    ]
    for (const one of refused) {
      expect(one.as(problem)).toMatchObject({ status: 503, type: expect.stringContaining('unavailable') })
      expect(Number(one.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
    }
    const health = await server.api('GET', '/ping')
    expect([health.status, health.as(ping).search.status]).toEqual([503, 'down'])

    way.state = 'open'
    const other = made.text.match(/"id":"([^"]+)"/)?.[1] ?? ''
    await until(() => isFound('Tobias Wintergreen', other), BOUND, 'what was written meanwhile to be found')
    const { results } = (
      await agent.send('POST', '/v1/match', { queries: [{ surname: 'Wintergreen', given_name: 'Tabitha Jane' }] })
    ).as(matchAnswer)
    expect(results[0]?.items[0]?.customer).toMatchObject({ id, given_name: 'Tabitha Jane' })
  }, 90_000)
})

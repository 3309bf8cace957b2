/** The product with a real OpenSearch that stops answering and recovers. */
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

describeWithOpenSearch('while OpenSearch is unreachable', endpoint => {
  const prefix = `e2e-${randomUUID().slice(0, 8)}-`
  let proxy: EngineProxy
  let server: TestServer
  let agent: Agent

  beforeAll(async () => {
    proxy = await new EngineProxy(endpoint).open()
    server = await startServer({ OPENSEARCH_ENDPOINT: proxy.url, OPENSEARCH_PREFIX: prefix })
    agent = await Agent.logIn(server)
  }, 60_000)
  afterAll(async () => {
    await server.stop()
    await proxy.close()
    await askEngine('DELETE', `/${prefix}*`)
  })

  const search = (body: unknown) => agent.send('POST', '/v1/search', body)
  const isFound = async (q: string, id: string) => (await search({ q })).text.includes(id)
  const lookup = (body: unknown) => server.api('POST', '/v1/lookup', { body })
  const PERSON = { surname: 'Wintergreen', given_name: 'Tabitha', dob: '1966-02-03', document_number: 'WG 700 100' }

  test('writes, reads and exact lookups work, fuzzy ones return 503, and nothing is missing after recovery', async () => {
    const { id } = await agent.create(PERSON)
    await until(() => isFound('Tabita Wintergren', id), BOUND, 'the customer to be found')
    expect((await search({ q: 'wintergreen' })).as(searchAnswer)).toMatchObject({
      degraded: false,
      engine: 'opensearch',
    })

    proxy.cut()
    // Writes and reads work; likely duplicates are unknown.
    const created = await agent.send('POST', '/v1/customers', {
      surname: 'Wintergreen',
      given_name: 'Tobias',
      dob: '1999-09-09',
    })
    expect([created.status, created.json]).toEqual([201, expect.objectContaining({ likely_duplicates: null })])
    expect((await agent.patch(id, { given_name: 'Tabitha Jane' })).status).toBe(200)
    expect((await agent.read(id)).given_name).toBe('Tabitha Jane')

    // Exact lookups use the table.
    for (const q of ['Wintergreen Tabitha Jane', 'wg-700100']) {
      const exact = (await search({ q, mode: 'exact' })).as(searchAnswer)
      expect(exact).toMatchObject({ degraded: true, engine: 'table' })
      expect(exact.items.map(hit => hit.customer.id)).toEqual([id])
    }
    const { answer } = (await lookup({ surname: 'Wintergreen', document_number: 'WG700100' })).as(lookupAnswer)
    expect(answer).toBe('listed')

    // Fuzzy requests are refused instead of answered with partial results.
    const unavailableResponses = [
      await search({ q: 'Tabita Wintergren' }),
      await agent.send('POST', '/v1/match', { queries: [{ surname: 'Wintergreen' }] }),
      await agent.send('GET', `/v1/customers/${id}/duplicates`),
      await lookup({ surname: 'Wintergreen', given_name: 'Nobody' }),
    ]
    for (const response of unavailableResponses) {
      expect(response.as(problem)).toMatchObject({ status: 503, type: expect.stringContaining('unavailable') })
      expect(Number(response.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
    }
    const health = await server.api('GET', '/ping')
    expect([health.status, health.as(ping).search.status]).toEqual([503, 'down'])

    proxy.state = 'open'
    const createdId = created.text.match(/"id":"([^"]+)"/)?.[1] ?? ''
    await until(() => isFound('Tobias Wintergreen', createdId), BOUND, 'the customer created during the outage')
    const { results } = (
      await agent.send('POST', '/v1/match', { queries: [{ surname: 'Wintergreen', given_name: 'Tabitha Jane' }] })
    ).as(matchAnswer)
    expect(results[0]?.items[0]?.customer).toMatchObject({ id, given_name: 'Tabitha Jane' })
  }, 90_000)
})

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { problemType } from '#contract/problems.ts'
import { problem } from '#contract/schemas/problem.ts'
import { purchase, purchaseList } from '#contract/schemas/purchase.ts'
import { Agent } from './agent.ts'
import { describeLocalServer } from './conditional-tests.ts'
import { allPages } from './pages.ts'
import { byId, type Caller, createBody, listBuys, listPurchases, newUser, waitForTotals } from './purchases.ts'
import { getLocalServer, startServer, type TestServer } from './server.ts'
import { until } from './until.ts'

describe('purchases', () => {
  let server: TestServer
  let agent: Agent
  const toCaller = (): Caller => ({ api: server.api, token: agent.token })
  const buy = (body: unknown, headers: Record<string, string> = {}) => agent.send('POST', '/buy', body, headers)
  beforeAll(async () => {
    server = await startServer({ REGISTRY_SAMPLE: '0' })
    agent = await Agent.logIn(server)
  })
  afterAll(() => server.stop())

  test('of a merged customer are in the list and the total of the survivor until a split', async () => {
    const ids = [await agent.create({ surname: 'Merged Buyer' }), await agent.create({ surname: 'Surviving Buyer' })]
    const [a = '', b = ''] = ids.map(({ id }) => id).sort()
    for (const [n, user] of [a, b, b].entries()) expect((await buy(createBody(user, n))).status).toBe(201)
    const sums = async (user: string, count: number) =>
      (await waitForTotals(toCaller(), user, count)).map(total => [total.count, total.sum])
    expect([await sums(a, 1), await sums(b, 2)]).toEqual([[[1, '0.10']], [[2, '0.20']]])
    expect((await agent.send('POST', '/v1/duplicates', { ids: [a, b], decision: 'same' })).status).toBe(200)
    expect(await sums(a, 3)).toEqual([[3, '0.30']])
    expect((await listBuys(server, agent.token, a, 2)).map(({ userid }) => userid).sort()).toEqual([a, b, b])
    expect((await agent.send('POST', `/v1/customers/${b}/split`)).status).toBe(200)
    expect([await sums(a, 1), await sums(b, 2)]).toEqual([[[1, '0.10']], [[2, '0.20']]])
  })

  test('of one user, a hundred at once and each sent three times, are a hundred rows with the right total', async () => {
    const user = newUser()
    const bodies = Array.from({ length: 100 }, (_, n) => createBody(user, n))
    const responses = await Promise.all([...bodies, ...bodies, ...bodies].map(body => buy(body)))
    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([201]))
    const purchases = responses.map(response => response.as(purchase))
    expect(new Set(purchases.map(purchase => JSON.stringify(purchase))).size).toBe(100)

    const stored = await listBuys(server, agent.token, user, 30)
    expect(stored).toEqual(purchases.slice(0, 100).sort(byId))
    expect(await waitForTotals(toCaller(), user, 100)).toEqual([{ currency: 'EUR', count: 100, sum: '10.00' }])
    const pages = await allPages(
      server,
      agent.token,
      `/v1/purchases?user=${encodeURIComponent(user)}&limit=30`,
      purchaseList,
    )
    expect(pages.flatMap(({ items }) => items.map(({ timestamp }) => timestamp))).toEqual(
      bodies.map(({ timestamp }) => timestamp).toReversed(),
    )
  })

  test('without a timestamp, each sent three times under its key, are stored once per key', async () => {
    const user = newUser()
    const { timestamp: _, ...body } = createBody(user, 0)
    const keys = Array.from({ length: 100 }, () => randomUUID())
    const responses = await Promise.all([...keys, ...keys, ...keys].map(key => buy(body, { 'Idempotency-Key': key })))
    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([201]))
    expect(new Set(responses.map(({ text }) => text)).size).toBe(100)
    expect(await listBuys(server, agent.token, user)).toHaveLength(100)
    expect(await waitForTotals(toCaller(), user, 100)).toEqual([{ currency: 'EUR', count: 100, sum: '10.00' }])
  })

  test('are listed within a span and add up exactly by currency', async () => {
    const user = newUser()
    const prices = ['0.1', '0.2', '999999999999.999999']
    for (const [n, price] of prices.entries()) await buy({ ...createBody(user, n), price })
    await buy({ ...createBody(user, 3), price: 7, currency: 'JPY', colour: 'red' })
    expect(await waitForTotals(toCaller(), user, 4)).toEqual([
      { currency: 'EUR', count: 3, sum: '1000000000000.299999' },
      { currency: 'JPY', count: 1, sum: '7' },
    ])
    const [from, to] = [createBody(user, 1).timestamp, createBody(user, 3).timestamp]
    const { items, totals, overall_totals } = await listPurchases(toCaller(), user, `&from=${from}&to=${to}`)
    expect(items.map(({ price }) => price)).toEqual([prices[2], prices[1]])
    expect(totals).toEqual([{ currency: 'EUR', count: 2, sum: '1000000000000.199999' }])
    expect(overall_totals).toEqual(await waitForTotals(toCaller(), user, 4))
    const pages = await allPages(
      server,
      agent.token,
      `/v1/purchases?user=${encodeURIComponent(user)}&to=${to}&limit=1`,
      purchaseList,
    )
    expect(pages.flatMap(page => page.items)).toHaveLength(3)
    for (const page of pages) expect(page.totals).toEqual(pages[0]?.totals)
    expect(pages[0]?.totals).toEqual([{ currency: 'EUR', count: 3, sum: '1000000000000.299999' }])
  })

  test('are found by user name, of everybody who has it, as soon as they are stored', async () => {
    const username = `Grace O'Hopper ${randomUUID()}`
    const [first, second] = [newUser(), newUser()].sort() as [string, string]
    const sent = [first, second, first].map((user, n) => ({ ...createBody(user, n), username }))
    for (const body of sent) expect((await buy(body)).status).toBe(201)
    const users = (await listBuys(server, agent.token, username, 1)).map(({ userid }) => userid)
    expect(users).toEqual([first, first, second])
    expect(await listBuys(server, agent.token, username)).toHaveLength(3)
  })

  test('keep the digits of a JSON number as written', async () => {
    const user = newUser()
    const body = JSON.stringify({ ...createBody(user, 0), price: 0 }).replace(
      '"price":0',
      '"price":123456789012.123450',
    )
    const response = await agent.send('POST', '/buy', body, { 'Content-Type': 'application/json' })
    expect(response.as(purchase).price).toBe('123456789012.123450')
  })

  test('under a key used with another body are refused, also concurrently', async () => {
    const user = newUser()
    const key = { 'Idempotency-Key': randomUUID() }
    const responses = await Promise.all([
      buy(createBody(user, 1), key),
      buy({ ...createBody(user, 1), price: '2' }, key),
    ])
    expect(responses.map(({ status }) => status).sort()).toEqual([201, 422])
    const refusedResponse = responses.find(({ status }) => status === 422)
    expect(refusedResponse?.as(problem).type).toBe(problemType('key-reused'))
    expect((await buy({ ...createBody(newUser(), 1) }, key)).status).toBe(422)
    expect(await listBuys(server, agent.token, user)).toHaveLength(1)
  })

  test('of an unknown user are an empty list without totals', async () => {
    expect(await listBuys(server, agent.token, 'nobody')).toEqual([])
    expect(await listPurchases(toCaller(), 'nobody')).toEqual({ items: [], totals: [], overall_totals: [], next: null })
  })

  test('have cursors bound to their user and operation', async () => {
    const user = newUser()
    for (let n = 0; n < 3; n++) await buy(createBody(user, n))
    await waitForTotals(toCaller(), user, 3)
    const { next } = await listPurchases(toCaller(), user, '&limit=2')
    const otherUserPath = `/v1/purchases?user=${encodeURIComponent(newUser())}&limit=2&cursor=${next}`
    expect((await agent.send('GET', otherUserPath)).status).toBe(400)
    const otherRoutePath = `/getAllUserBuys/${encodeURIComponent(user)}?limit=2&cursor=${next}`
    expect((await agent.send('GET', otherRoutePath)).status).toBe(400)
  })

  describeLocalServer('when the table engine is killed', () => {
    test('are taken in once it is restarted, and none is lost or repeated', async () => {
      const user = newUser()
      await buy(createBody(user, 1))
      const local = getLocalServer(server)
      process.kill((await local.engine()) ?? 0, 'SIGKILL')
      await until(
        async () => {
          const { status } = await buy(createBody(user, 2))
          expect([201, 503]).toContain(status)
          return status === 201
        },
        30_000,
        'the purchase to be taken in',
      )
      await server.restart()
      expect(await listBuys(server, agent.token, user)).toHaveLength(2)
      expect((await buy(createBody(user, 2))).status).toBe(201)
      expect(await waitForTotals(toCaller(), user, 2)).toEqual([{ currency: 'EUR', count: 2, sum: '0.20' }])
    })
  })
})

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { problemType } from '#contract/problems.ts'
import { problem } from '#contract/schemas/problem.ts'
import { buyList, type Purchase, purchase, purchaseList } from '#contract/schemas/purchase.ts'
import { Agent } from './agent.ts'
import { agreed, Locations } from './locations.ts'
import { describeOwnServer } from './own-server.ts'
import { allPages } from './pages.ts'
import { startServer, type TestServer, toOwn } from './server.ts'
import { until } from './until.ts'

const newUser = () => `u-${randomUUID()} ü`
const sent = (userid: string, n: number) => ({
  username: 'Ada Lovelace',
  userid,
  price: '0.10',
  timestamp: new Date(Date.UTC(2026, 4, 31, 12, 0, n)).toISOString(),
})
type Asking = Pick<TestServer, 'api'> & { token: string }

const toBuys = async (place: TestServer | Locations['all'][number], token: string, user: string, limit = 100) =>
  (await allPages(place, token, `/getAllUserBuys/${encodeURIComponent(user)}?limit=${limit}`, buyList)).flatMap(
    ({ items }) => items,
  )

async function toPurchases({ api, token }: Asking, user: string, more = '') {
  const path = `/v1/purchases?user=${encodeURIComponent(user)}${more}`
  return (await api('GET', path, { token })).as(purchaseList)
}

/** Until everything that a user bought is counted; gives the totals. */
async function counted(asking: Asking, user: string, count: number) {
  let totals = (await toPurchases(asking, user)).totals
  const all = () => totals.reduce((sum, one) => sum + one.count, 0)
  await until(
    async () => {
      totals = (await toPurchases(asking, user)).totals
      return all() >= count
    },
    10_000,
    `${count} purchases to be counted`,
  )
  return totals
}

const byId = (a: Purchase, b: Purchase) => (a.id < b.id ? -1 : 1)

describe('purchases', () => {
  let server: TestServer
  let agent: Agent
  const asking = (): Asking => ({ api: server.api, token: agent.token })
  const buy = (body: unknown, headers: Record<string, string> = {}) => agent.send('POST', '/buy', body, headers)
  beforeAll(async () => {
    server = await startServer({ REGISTRY_SAMPLE: '0' })
    agent = await Agent.logIn(server)
  })
  afterAll(() => server.stop())

  test('a hundred at once of one user, each sent three times, are a hundred rows and the right total', async () => {
    const user = newUser()
    const bodies = Array.from({ length: 100 }, (_, n) => sent(user, n))
    const answers = await Promise.all([...bodies, ...bodies, ...bodies].map(body => buy(body)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
    const made = answers.map(answer => answer.as(purchase))
    expect(new Set(made.map(one => JSON.stringify(one))).size).toBe(100)

    const stored = await toBuys(server, agent.token, user, 30)
    expect(stored).toEqual(made.slice(0, 100).sort(byId))
    expect(await counted(asking(), user, 100)).toEqual([{ currency: 'EUR', count: 100, sum: '10' }])
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

  test('a hundred at once without a time, each sent three times under its key, are a hundred too', async () => {
    const user = newUser()
    const { timestamp: _, ...body } = sent(user, 0)
    const keys = Array.from({ length: 100 }, () => randomUUID())
    const answers = await Promise.all([...keys, ...keys, ...keys].map(key => buy(body, { 'Idempotency-Key': key })))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
    expect(new Set(answers.map(({ text }) => text)).size).toBe(100)
    expect(await toBuys(server, agent.token, user)).toHaveLength(100)
    expect(await counted(asking(), user, 100)).toEqual([{ currency: 'EUR', count: 100, sum: '10' }])
  })

  test('are read in an interval, and add up by currency with every digit', async () => {
    const user = newUser()
    const prices = ['0.1', '0.2', '999999999999.999999']
    for (const [n, price] of prices.entries()) await buy({ ...sent(user, n), price })
    await buy({ ...sent(user, 3), price: 7, currency: 'JPY', colour: 'red' })
    expect(await counted(asking(), user, 4)).toEqual([
      { currency: 'EUR', count: 3, sum: '1000000000000.299999' },
      { currency: 'JPY', count: 1, sum: '7' },
    ])
    const [from, to] = [sent(user, 1).timestamp, sent(user, 3).timestamp]
    const { items, totals } = await toPurchases(asking(), user, `&from=${from}&to=${to}`)
    expect(items.map(({ price }) => price)).toEqual([prices[2], prices[1]])
    expect(totals).toHaveLength(2)
  })

  test('are stored with the digits of a JSON number as it was written', async () => {
    const user = newUser()
    const body = JSON.stringify({ ...sent(user, 0), price: 0 }).replace('"price":0', '"price":123456789012.123450')
    const answer = await agent.send('POST', '/buy', body, { 'Content-Type': 'application/json' })
    expect(answer.as(purchase).price).toBe('123456789012.123450')
  })

  test('under a key that came before with another statement are refused, also both at once', async () => {
    const user = newUser()
    const key = { 'Idempotency-Key': randomUUID() }
    const answers = await Promise.all([buy(sent(user, 1), key), buy({ ...sent(user, 1), price: '2' }, key)])
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422])
    const refused = answers.find(({ status }) => status === 422)
    expect(refused?.as(problem).type).toBe(problemType('key-reused'))
    expect((await buy({ ...sent(newUser(), 1) }, key)).status).toBe(422)
    expect(await toBuys(server, agent.token, user)).toHaveLength(1)
  })

  test('of nobody are an empty list, without totals', async () => {
    expect(await toBuys(server, agent.token, 'nobody')).toEqual([])
    expect(await toPurchases(asking(), 'nobody')).toEqual({ items: [], totals: [], next: null })
  })

  test('are pages of their own user and query alone', async () => {
    const user = newUser()
    for (let n = 0; n < 3; n++) await buy(sent(user, n))
    await counted(asking(), user, 3)
    const { next } = await toPurchases(asking(), user, '&limit=2')
    const elsewhere = `/v1/purchases?user=${encodeURIComponent(newUser())}&limit=2&cursor=${next}`
    expect((await agent.send('GET', elsewhere)).status).toBe(400)
    const otherRoute = `/getAllUserBuys/${encodeURIComponent(user)}?limit=2&cursor=${next}`
    expect((await agent.send('GET', otherRoute)).status).toBe(400)
  })

  describeOwnServer('when the table engine is gone', () => {
    test('are not stored, and that is said; what was stored is there afterwards', async () => {
      const user = newUser()
      await buy(sent(user, 1))
      const own = toOwn(server)
      process.kill((await own.engine()) ?? 0, 'SIGKILL')
      const answer = await buy(sent(user, 2))
      expect(answer.status).toBe(503)
      expect(answer.as(problem).type).toBe(problemType('unavailable'))
      own.run.signal('SIGINT')
      await own.run.exit
      await server.restart()
      expect(await toBuys(server, agent.token, user)).toHaveLength(1)
      expect((await buy(sent(user, 2))).status).toBe(201)
      expect(await counted(asking(), user, 2)).toEqual([{ currency: 'EUR', count: 2, sum: '0.2' }])
    })
  })
})

describeOwnServer('purchases at two locations', () => {
  let locations: Locations
  let agents: Agent[]
  beforeAll(async () => {
    locations = await Locations.start({ REGISTRY_SAMPLE: '0' }, 2)
    agents = await Promise.all(locations.all.map(place => Agent.logIn(place)))
  }, 60_000)
  afterAll(() => locations.stop())

  const agreedOn = (user: string, count: number) =>
    agreed(
      locations,
      async place => {
        const token = await place.token('agent')
        const { items, totals } = await toPurchases({ api: place.api, token }, user, '&limit=100')
        const stored = await toBuys(place, token, user)
        return { items, totals, stored }
      },
      ({ items, totals, stored }) =>
        items.length === count && stored.length === count && totals.reduce((sum, one) => sum + one.count, 0) === count,
      20_000,
      `${count} purchases at both locations`,
    )

  test('posted at both at once are one row each, and both have the same totals', async () => {
    const user = newUser()
    const { timestamp: _, ...undated } = sent(user, 0)
    await locations.say('cut', 'loc2')
    const posts = Array.from({ length: 20 }, (_, n) => n).flatMap(n =>
      agents.flatMap(agent => [
        agent.send('POST', '/buy', sent(user, n)),
        agent.send('POST', '/buy', undated, { 'Idempotency-Key': `${user.slice(0, -2)}-${n}` }),
      ]),
    )
    expect(new Set((await Promise.all(posts)).map(({ status }) => status))).toEqual(new Set([201]))
    await locations.say('heal', 'loc2')
    const { items, totals, stored } = await agreedOn(user, 40)
    expect(totals).toEqual([{ currency: 'EUR', count: 40, sum: '4' }])
    expect(items.toSorted(byId)).toEqual(stored)
  })

  test('under one key, each saying something else, are both kept', async () => {
    const user = newUser()
    const key = { 'Idempotency-Key': randomUUID() }
    await locations.say('cut', 'loc2')
    const answers = await Promise.all(
      agents.map((agent, n) => agent.send('POST', '/buy', { ...sent(user, n), price: `${n + 1}` }, key)),
    )
    expect(answers.map(({ status }) => status)).toEqual([201, 201])
    await locations.say('heal', 'loc2')
    expect((await agreedOn(user, 2)).totals).toEqual([{ currency: 'EUR', count: 2, sum: '3' }])
  })
})

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { Agent } from './agent.ts'
import { describeLocalServer } from './conditional-tests.ts'
import { Locations, waitForAgreement } from './locations.ts'
import { byId, createBody, listBuys, listPurchases, newUser } from './purchases.ts'

describeLocalServer('purchases at two locations', () => {
  let locations: Locations
  let agents: Agent[]
  beforeAll(async () => {
    locations = await Locations.start({ REGISTRY_SAMPLE: '0' }, 2)
    agents = await Promise.all(locations.all.map(location => Agent.logIn(location)))
  }, 60_000)
  afterAll(() => locations.stop())

  const waitForAgreementOn = (user: string, count: number) =>
    waitForAgreement(
      locations,
      async location => {
        const token = await location.token('agent')
        const { items, totals } = await listPurchases({ api: location.api, token }, user, '&limit=100')
        const stored = await listBuys(location, token, user)
        return { items, totals, stored }
      },
      ({ items, totals, stored }) =>
        items.length === count &&
        stored.length === count &&
        totals.reduce((sum, total) => sum + total.count, 0) === count,
      20_000,
      `${count} purchases at both locations`,
    )

  test('posted at both at once are one row each, with equal totals at both', async () => {
    const user = newUser()
    const { timestamp: _, ...undated } = createBody(user, 0)
    await locations.runCommand('cut', 'loc2')
    const posts = Array.from({ length: 20 }, (_, n) => n).flatMap(n =>
      agents.flatMap(agent => [
        agent.send('POST', '/buy', createBody(user, n)),
        agent.send('POST', '/buy', undated, { 'Idempotency-Key': `${user.slice(0, -2)}-${n}` }),
      ]),
    )
    expect(new Set((await Promise.all(posts)).map(({ status }) => status))).toEqual(new Set([201]))
    await locations.runCommand('heal', 'loc2')
    const { items, totals, stored } = await waitForAgreementOn(user, 40)
    expect(totals).toEqual([{ currency: 'EUR', count: 40, sum: '4.00' }])
    expect(items.toSorted(byId)).toEqual(stored)
  })

  test('under one key with different bodies at partitioned locations are both kept', async () => {
    const user = newUser()
    const key = { 'Idempotency-Key': randomUUID() }
    await locations.runCommand('cut', 'loc2')
    const responses = await Promise.all(
      agents.map((agent, n) => agent.send('POST', '/buy', { ...createBody(user, n), price: `${n + 1}` }, key)),
    )
    expect(responses.map(({ status }) => status)).toEqual([201, 201])
    await locations.runCommand('heal', 'loc2')
    expect((await waitForAgreementOn(user, 2)).totals).toEqual([{ currency: 'EUR', count: 2, sum: '3.00' }])
  })
})

import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import { erasureAnswer } from '#contract/schemas/retention.ts'
import { Agent } from './agent.ts'
import { describeLocalServer } from './conditional-tests.ts'
import { getLocalServer, startServer } from './server.ts'

/** Milliseconds after the request is sent, spread over the time that an erasure takes. */
const DELAYS_MS = [5, 15, 30, 60]

describeLocalServer('an erasure of merged customers', () => {
  test('is finished after a kill -9, or had not begun', async () => {
    const server = await startServer()
    try {
      const provider = await Agent.logIn(server, 'provider')
      for (const delay of DELAYS_MS) {
        const ids: string[] = []
        for (const surname of ['One', 'Two', 'Three', 'Four']) ids.push((await provider.create({ surname })).id)
        for (const id of ids.slice(1))
          expect((await provider.send('POST', '/v1/duplicates', { ids: [ids[0], id], decision: 'same' })).status).toBe(
            200,
          )
        const sent = provider.send('POST', `/v1/customers/${ids[0]}/erase`).catch(() => null)
        await wait(delay)
        getLocalServer(server).run.signal('SIGKILL')
        await server.kill9().catch(() => undefined)
        await sent
        await server.restart()
        const statuses = async () => new Set(await Promise.all(ids.map(async id => (await provider.get(id)).status)))
        expect((await statuses()).size).toBe(1)
        const isErased = (await statuses()).has(410)
        const entries = (await provider.send('GET', `/v1/audit?customer=${ids[0]}&action=eraseCustomer`)).text
        expect(entries.includes('"eraseCustomer"')).toBe(isErased)
        if (!isErased) continue
        const certificate = (await provider.send('POST', `/v1/customers/${ids[3]}/erase`)).as(erasureAnswer)
        expect(certificate).toMatchObject({
          ids: ids.toSorted(),
          found: { registry: 0, views: 0, linked: 0, copies: 0 },
        })
      }
    } finally {
      await server.stop()
    }
  }, 120_000)
})

import { rm } from 'node:fs/promises'
import { afterEach, expect, test } from '@jest/globals'
import { problem } from '#contract/schemas/problem.ts'
import { type Ping, ping } from '#contract/schemas/service.ts'
import { freePort } from '#local/free-port.ts'
import { apiAt } from '../e2e/api.ts'
import { describeOwnServer } from '../e2e/own-server.ts'
import { freshFolder, Own } from '../e2e/server.ts'
import { until } from '../e2e/until.ts'

describeOwnServer('while a location starts', () => {
  let own: Own | null = null
  afterEach(async () => {
    await own?.end()
    if (own) await rm(own.folder, { recursive: true, force: true })
    own = null
  })

  test('it already answers that it runs and is starting, and refuses other requests for a moment', async () => {
    own = new Own(await freePort(), await freshFolder(), {})
    const { run } = own
    const { api } = apiAt(`http://127.0.0.1:${own.port}`)
    await until(async () => (await api('GET', '/healthz').catch(() => null))?.status === 200, 30_000, 'an answer')
    const [state, list] = await Promise.all([api('GET', '/ping'), api('GET', '/v1/customers')])
    expect(run.stdout).not.toMatch(/^ready$/m)
    expect(state.status).toBe(503)
    expect(state.as(ping)).toMatchObject<Partial<Ping>>({ status: 'starting', reason: expect.any(String) })
    expect(list.as(problem)).toMatchObject({ status: 503, detail: expect.stringContaining('starting') })
    await run.ready()
    expect((await api('GET', '/ping')).as(ping)).toMatchObject({ status: 'up' })
  }, 60_000)
})

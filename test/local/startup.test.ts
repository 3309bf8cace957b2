import { rm } from 'node:fs/promises'
import { afterEach, expect, test } from '@jest/globals'
import { problem } from '#contract/schemas/problem.ts'
import { ping } from '#contract/schemas/service.ts'
import { apiAt } from '../e2e/api.ts'
import { describeLocalServer } from '../e2e/conditional-tests.ts'
import { freePorts } from '../e2e/free-ports.ts'
import { freshFolder, LocalServer } from '../e2e/server.ts'
import { until } from '../e2e/until.ts'

describeLocalServer('while a location starts', () => {
  let server: LocalServer | null = null
  afterEach(async () => {
    await server?.end()
    if (server) await rm(server.folder, { recursive: true, force: true })
    server = null
  })

  test('it already answers that it runs and is starting, and refuses other requests for a moment', async () => {
    server = new LocalServer(await freePorts(), await freshFolder(), {})
    const { run } = server
    const { api } = apiAt(`http://127.0.0.1:${server.port}`)
    await until(async () => (await api('GET', '/healthz').catch(() => null))?.status === 200, 30_000, 'an answer')
    const [state, list] = await Promise.all([api('GET', '/ping'), api('GET', '/v1/customers')])
    expect(run.stdout).not.toMatch(/^ready$/m)
    expect(state.status).toBe(503)
    expect(state.as(ping)).toMatchObject({ status: 'starting', reason: expect.any(String) })
    expect(list.as(problem)).toMatchObject({ status: 503, detail: expect.stringContaining('starting') })
    await run.ready()
    expect((await api('GET', '/ping')).as(ping)).toMatchObject({ status: 'up' })
  }, 60_000)
})

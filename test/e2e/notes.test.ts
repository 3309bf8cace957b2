import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { auditList } from '#contract/schemas/audit.ts'
import { historyList } from '#contract/schemas/customer.ts'
import { Agent } from './agent.ts'
import type { Api } from './api.ts'
import { describeLocalServer } from './conditional-tests.ts'
import { Locations } from './locations.ts'
import { allPages } from './pages.ts'
import { startServer, type TestServer } from './server.ts'
import { until } from './until.ts'

/** The pages of the audit that are about a customer. A page may have fewer entries than its limit. */
const readAudit = (api: Api, { token }: Agent, id: string) =>
  allPages(api, token, `/v1/audit?customer=${id}&order=oldest&limit=100`, auditList)

/** Returns the notes of a customer's versions and of its audit entries, oldest first. */
async function readNotes(api: Api, agent: Agent, id: string) {
  const history = (await agent.send('GET', `/v1/customers/${id}/history`)).as(historyList).items
  const audit = (await readAudit(api, agent, id)).flatMap(({ items }) => items)
  return {
    history: history.toReversed().map(({ action, note }) => [action, note]),
    audit: audit.filter(({ before }) => before !== null).map(({ action, note }) => [action, note]),
  }
}

describe('a note', () => {
  let server: TestServer
  let agent: Agent
  beforeAll(async () => {
    server = await startServer({ REGISTRY_SAMPLE: '0' })
    agent = await Agent.logIn(server)
  })
  afterAll(() => server.stop())

  test('of every kind of change is in the history and the audit, and is gone after an erasure', async () => {
    const { id } = await agent.create({ surname: 'Noted', note: 'by telephone ☎' })
    const path = `/v1/customers/${id}`
    const send = async (method: 'PATCH' | 'PUT' | 'DELETE' | 'POST', suffix: string, body?: unknown) =>
      expect((await agent.send(method, path + suffix, body)).status).toBe(200)
    await send('PATCH', '', { given_name: 'Ada', note: 'as the passport says' })
    await send('PUT', '', { surname: 'Noted', note: '  told by   her ' })
    await send('DELETE', '', { note: 'moved abroad' })
    await send('POST', '/restore', { note: 'came back' })
    await send('DELETE', '')
    await send('POST', '/restore')
    const expected = [
      ['create', 'by telephone ☎'],
      ['update', 'as the passport says'],
      ['update', 'told by her'],
      ['delete', 'moved abroad'],
      ['restore', 'came back'],
      ['delete', null],
      ['restore', null],
    ]
    await until(
      async () => (await readNotes(server, agent, id)).audit.length === expected.length,
      10_000,
      'the audit entries',
    )
    expect(await readNotes(server, agent, id)).toEqual({ history: expected, audit: expected })

    const provider = await Agent.logIn(server, 'provider')
    expect((await provider.send('POST', `${path}/erase`)).status).toBe(200)
    const text = JSON.stringify(await readAudit(server, provider, id))
    for (const [, note] of expected) if (note) expect(text).not.toContain(note)
  })

  test('is part of what a retry repeats, and no field of the customer', async () => {
    const headers = { 'Idempotency-Key': randomUUID() }
    const create = (note?: string) =>
      agent.send('POST', '/v1/customers', { surname: 'Retried', ...(note ? { note } : {}) }, headers)
    const first = await create('a reason')
    expect([first.status, (await create('a reason')).status]).toEqual([201, 201])
    expect((await create('another reason')).status).toBe(422)
    expect(first.json).not.toHaveProperty('note')
  })

  test.each([
    ['a blank note', { note: ' ' }],
    ['a long one', { note: 'x'.repeat(1001) }],
    ['another member', { reason: 'x' }],
    ['null', null],
  ])('refuses a body with %s to delete a customer', async (_, body) => {
    const { id } = await agent.create({ surname: 'Stays' })
    expect((await agent.send('DELETE', `/v1/customers/${id}`, body)).status).toBe(400)
  })
})

describeLocalServer('a note at two locations', () => {
  let locations: Locations
  beforeAll(async () => {
    locations = await Locations.start({ REGISTRY_SAMPLE: '0' }, 2)
  }, 60_000)
  afterAll(() => locations.stop())

  test('arrives with its change', async () => {
    const [here, there] = await Promise.all(locations.all.map(location => Agent.logIn(location)))
    if (!here || !there) throw new Error('there are two locations')
    const { id } = await here.create({ surname: 'Far', note: 'from here' })
    const readVersions = async () => ((await there.get(id)).status === 200 ? there.history(id) : [])
    await until(async () => (await readVersions()).length > 0, 20_000, 'the version to arrive')
    expect((await readVersions()).map(({ action, note }) => [action, note])).toEqual([['create', 'from here']])
  })
})

import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { customerList } from '#contract/schemas/customer.ts'
import { lookupAnswer, verifyAnswer } from '#contract/schemas/query.ts'
import { token } from '#contract/schemas/service.ts'
import { Agent } from './agent.ts'
import { describeOwnServer } from './own-server.ts'
import { freshFolder, startServer, type TestServer, toOwn } from './server.ts'

describeOwnServer('when the secrets are changed', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startServer()
  })
  afterAll(() => server.stop())

  /** Another secret in place of one, as the runbook has it: put, and every function started anew. */
  async function change(...names: ('cursor' | 'receipt' | 'signing')[]): Promise<void> {
    const other = await startServer({ REGISTRY_DATA: await freshFolder(), REGISTRY_SAMPLE: '0' })
    const read = async (of: TestServer) => {
      const file = join(toOwn(of).folder, 'keys.json')
      return { file, keys: JSON.parse(await readFile(file, 'utf8')) }
    }
    const [{ keys: fresh }, { file, keys }] = [await read(other), await read(server)]
    await other.stop()
    for (const name of names) keys[name] = fresh[name]
    await writeFile(file, JSON.stringify(keys))
    await server.restart()
  }

  const page = async (agent: Agent, cursor?: string) =>
    agent.send('GET', `/v1/customers?limit=2${cursor === undefined ? '' : `&cursor=${cursor}`}`)
  const cursorOf = async (agent: Agent) => (await page(agent)).as(customerList).next ?? ''

  test('cursors under way end, with a problem that says so, and new ones hold; who is logged in stays so', async () => {
    const agent = await Agent.logIn(server)
    const before = await cursorOf(agent)
    expect((await page(agent, before)).status).toBe(200)
    await change('cursor')
    const refused = await page(agent, before)
    expect([refused.status, refused.text.includes('?cursor')]).toEqual([400, true])
    expect((await page(agent, await cursorOf(agent))).status).toBe(200)
  })

  test('receipts of before are no longer known, and new ones are', async () => {
    const body = { surname: 'Nobody', dob: '1900-01-01' }
    const receiptOf = async () => (await server.api('POST', '/v1/lookup', { body })).as(lookupAnswer).receipt
    const verified = async (receipt: unknown) =>
      (await server.api('POST', '/v1/lookup/verify', { body: { receipt } })).as(verifyAnswer).valid
    const before = await receiptOf()
    expect(await verified(before)).toBe(true)
    await change('receipt')
    expect(await verified(before)).toBe(false)
    expect(await verified(await receiptOf())).toBe(true)
  })

  test('with the key that signs tokens everybody has to log in anew, and can', async () => {
    const agent = await Agent.logIn(server)
    expect((await page(agent)).status).toBe(200)
    await change('signing')
    expect((await page(agent)).status).toBe(401)
    const body = { username: 'agent', password: 'agent' }
    const { access_token } = (await server.api('POST', '/v1/auth/token', { body })).as(token)
    expect((await page(new Agent(server, access_token))).status).toBe(200)
  })
})

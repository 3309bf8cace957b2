import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { customerList } from '#contract/schemas/customer.ts'
import { lookupAnswer, verifyAnswer } from '#contract/schemas/query.ts'
import { token } from '#contract/schemas/service.ts'
import { Agent } from './agent.ts'
import { describeLocalServer } from './conditional-tests.ts'
import { freshFolder, getLocalServer, startServer, type TestServer } from './server.ts'

describeLocalServer('rotating a secret', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startServer()
  })
  afterAll(() => server.stop())

  /** Replaces secrets as the runbook says: writes the new ones and restarts every function. */
  async function rotate(...names: ('cursor' | 'receipt' | 'signing')[]): Promise<void> {
    const freshServer = await startServer({ REGISTRY_DATA: await freshFolder(), REGISTRY_SAMPLE: '0' })
    const read = async (source: TestServer) => {
      const file = join(getLocalServer(source).folder, 'keys.json')
      return { file, keys: JSON.parse(await readFile(file, 'utf8')) }
    }
    const [{ keys: freshKeys }, { file, keys }] = [await read(freshServer), await read(server)]
    await freshServer.stop()
    for (const name of names) keys[name] = freshKeys[name]
    await writeFile(file, JSON.stringify(keys))
    await server.restart()
  }

  const page = async (agent: Agent, cursor?: string) =>
    agent.send('GET', `/v1/customers?limit=2${cursor === undefined ? '' : `&cursor=${cursor}`}`)
  const getCursor = async (agent: Agent) => (await page(agent)).as(customerList).next ?? ''

  test('invalidates earlier cursors with a problem document, while users stay logged in', async () => {
    const agent = await Agent.logIn(server)
    const before = await getCursor(agent)
    expect((await page(agent, before)).status).toBe(200)
    await rotate('cursor')
    const response = await page(agent, before)
    expect([response.status, response.text.includes('?cursor')]).toEqual([400, true])
    expect((await page(agent, await getCursor(agent))).status).toBe(200)
  })

  test('invalidates earlier receipts', async () => {
    const body = { surname: 'Nobody', dob: '1900-01-01' }
    const getReceipt = async () => (await server.api('POST', '/v1/lookup', { body })).as(lookupAnswer).receipt
    const isValid = async (receipt: unknown) =>
      (await server.api('POST', '/v1/lookup/verify', { body: { receipt } })).as(verifyAnswer).valid
    const before = await getReceipt()
    expect(await isValid(before)).toBe(true)
    await rotate('receipt')
    expect(await isValid(before)).toBe(false)
    expect(await isValid(await getReceipt())).toBe(true)
  })

  test('that signs tokens makes every user log in again', async () => {
    const agent = await Agent.logIn(server)
    expect((await page(agent)).status).toBe(200)
    await rotate('signing')
    expect((await page(agent)).status).toBe(401)
    const body = { username: 'agent', password: 'agent' }
    const { access_token } = (await server.api('POST', '/v1/auth/token', { body })).as(token)
    expect((await page(new Agent(server, access_token))).status).toBe(200)
  })
})

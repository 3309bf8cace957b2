/** After a purge or an erasure, nothing of a customer's data remains anywhere. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import {
  erasureAnswer,
  holdAnswer,
  policyAnswer,
  type RunReport,
  runList,
  verifyCertificateAnswer,
} from '#contract/schemas/retention.ts'
import { startEngine, TABLE_NAMES, type TestEngine } from '../adapters/dynamodb/engine.ts'
import { Agent } from './agent.ts'
import { describeLocalServer } from './conditional-tests.ts'
import { getLocalServer, startServer, type TestServer } from './server.ts'
import { until } from './until.ts'

/** Values that no other customer has, in every field of a person. */
const PLANTED = {
  surname: 'Quastenflosser',
  given_name: 'Ottilie-Walburga',
  dob: '1931-07-19',
  document_number: 'PLANT 990017',
  details: { city: 'Oberammergau' },
}
const LATER_SURNAME = 'Nachtschwalbe'
const NOTE = 'Ziegenmelker'
const REASON = 'Wendehals'
const WORDS = /quastenflosser|ottilie|1931-07-19|plant ?990017|oberammergau|nachtschwalbe|ziegenmelker|wendehals/i

describeLocalServer('a departed customer', () => {
  let engine: TestEngine
  let server: TestServer
  let agent: Agent
  let provider: Agent
  const ids: string[] = []
  beforeAll(async () => {
    engine = await startEngine()
    server = await startServer({
      DYNAMODB_ENDPOINT: engine.endpoint,
      REGISTRY_DAY_SECONDS: '1',
      REGISTRY_PURGE_WAIT: '0',
      REGISTRY_PURGE_EVERY: '1',
      POWERTOOLS_LOG_LEVEL: 'DEBUG',
    })
    agent = await Agent.logIn(server)
    provider = await Agent.logIn(server, 'provider')
  }, 60_000)
  afterAll(async () => {
    await server.stop()
    await engine.stop()
  })

  /** Returns every row of both tables that contains a planted value. */
  async function findRows(): Promise<string[]> {
    const tables = engine.tables()
    const rows: string[] = []
    for (const TableName of Object.values(TABLE_NAMES)) {
      let start: Record<string, unknown> | undefined
      do {
        const { Items = [], LastEvaluatedKey } = await tables.scan({
          TableName,
          ...(start ? { ExclusiveStartKey: start } : {}),
        })
        rows.push(...Items.map(item => `${TableName} ${JSON.stringify(item)}`).filter(text => WORDS.test(text)))
        start = LastEvaluatedKey
      } while (start)
    }
    return rows
  }

  /** Returns the responses that contain planted values, for current and past times. */
  async function findResponses(id: string): Promise<string[]> {
    const { surname, given_name, dob, document_number } = PLANTED
    const as_of = new Date().toISOString()
    const body = { queries: [{ surname, given_name, dob, document_number }, { surname: LATER_SURNAME }], threshold: 0 }
    const responses = await Promise.all([
      provider.send('POST', '/v1/search', { q: surname }),
      provider.send('POST', '/v1/search', { q: LATER_SURNAME }),
      provider.send('POST', '/v1/search', { q: document_number, mode: 'exact' }),
      provider.send('GET', '/v1/customers?state=all&limit=100'),
      provider.send('GET', `/v1/customers?state=all&limit=100&as_of=${as_of}`),
      provider.send('GET', '/v1/customers?state=all&changed_since=2000-01-01'),
      provider.send('GET', '/v1/diff?from=2000-01-01&limit=100'),
      provider.send('GET', '/v1/duplicates'),
      provider.send('GET', '/v1/conflicts'),
      provider.get(id),
      provider.send('GET', `/v1/customers/${id}/history`),
      provider.send('GET', `/v1/audit?customer=${id}`),
      provider.send('GET', '/v1/audit?limit=1000'),
    ])
    const matches = await Promise.all([
      provider.send('POST', '/v1/match', body),
      provider.send('POST', '/v1/match', { ...body, as_of }),
    ])
    // A match repeats its query, so that only a found customer counts.
    return [
      ...responses.map(({ text }) => text).filter(text => WORDS.test(text)),
      ...matches.map(({ text }) => text).filter(text => text.includes(id)),
    ]
  }

  async function plant(): Promise<string> {
    const { id } = await agent.create(PLANTED, { 'Idempotency-Key': `plant-${ids.length}` })
    const other = await agent.create({ surname: 'Somebody', given_name: 'Else' })
    await agent.patch(id, { surname: LATER_SURNAME })
    await agent.patch(id, { surname: PLANTED.surname, given_name: 'Ottilie', valid_from: '2001-02-03' })
    const decision = { ids: [id, other.id], decision: 'different', note: NOTE }
    expect((await agent.send('POST', '/v1/duplicates', decision)).status).toBe(200)
    const rows = `id,surname,dob\n1,${LATER_SURNAME},1931-17-19\n`
    const batch = await agent.send('POST', '/v1/batches?source=plant', rows, { 'Content-Type': 'text/csv' })
    expect(batch.json).toMatchObject({ refused: 1 })
    expect((await provider.send('PUT', `/v1/customers/${id}/hold`, { reason: REASON })).as(holdAnswer).held).toBe(true)
    expect((await provider.send('DELETE', `/v1/customers/${id}/hold`)).as(holdAnswer).held).toBe(false)
    ids.push(id, other.id)
    const isFound = async () => (await provider.send('POST', '/v1/search', { q: LATER_SURNAME })).text.includes(id)
    await until(isFound, 10_000, 'the customer to be found')
    return id
  }

  test('is erased from the tables, the index, the responses and the log at once', async () => {
    const id = await plant()
    expect(await findRows()).not.toEqual([])
    const response = await provider.send('POST', `/v1/customers/${id}/erase`)
    const { certificate, ...erasure } = response.as(erasureAnswer)
    expect(erasure).toMatchObject({
      ids: [id],
      found: { registry: 0, views: 0, index: 0, audit: 0, linked: 0 },
      pending: [],
      locations: [{ name: 'loc1', acknowledged_at: expect.any(String) }],
    })
    expect(erasure.removed).toMatchObject({ versions: 5, decisions: 1 })
    expect(await findRows()).toEqual([])
    expect(await findResponses(id)).toEqual([])
    expect((await agent.patch(id, { surname: 'Again' })).status).toBe(410)
    expect((await agent.get(id)).status).toBe(410)
    expect((await agent.send('GET', `/v1/customers/${id}/duplicates`)).status).toBe(410)
    expect((await agent.send('POST', `/v1/customers/${id}/split`)).status).toBe(410)
    const verified = await server.api('POST', '/v1/retention/verify', { body: { certificate } })
    expect(verified.as(verifyCertificateAnswer)).toEqual({ valid: true, erasure: erasure })
  })

  test('is purged by the schedule, after three phases, according to the policy', async () => {
    await plant()
    const put = await provider.send('PUT', '/v1/retention', { days: 1 })
    expect(put.as(policyAnswer)).toEqual({ days: 1, types: {} })
    await until(async () => (await findRows()).length === 0, 30_000, 'all rows to be purged')
    const reports = async () => (await provider.send('GET', '/v1/retention/runs?limit=100')).as(runList).items
    const sum = (items: RunReport[], count: 'expired' | 'removed') =>
      items.reduce((total, run) => total + run[count], 0)
    await until(async () => sum(await reports(), 'removed') >= 3, 10_000, 'the report')
    const items = await reports()
    expect(sum(items, 'expired')).toBe(sum(items, 'removed'))
    expect(new Set(items.map(({ actor }) => actor))).toEqual(new Set(['schedule']))
    for (const id of ids)
      await until(async () => (await findResponses(id)).length === 0, 10_000, 'no response to contain a planted value')
    const { run: process } = getLocalServer(server)
    expect(process.stdout).toMatch(/"operation":"eraseCustomer"/)
    expect(`${process.stdout}${process.stderr}`).not.toMatch(WORDS)
    // The figures of the dashboard (lib/monitoring/metrics.ts). Other customers of the sample are purged meanwhile.
    const logged = () => process.stdout.split('\n').filter(line => line.includes('"message":"purged"'))
    const sums = (runs: Pick<RunReport, 'expired' | 'marked' | 'removed'>[]) =>
      String(
        (['expired', 'marked', 'removed'] as const).map(count => runs.reduce((total, run) => total + run[count], 0)),
      )
    const agree = async () => sums(logged().map(line => JSON.parse(line))) === sums(await reports())
    await until(agree, 20_000, 'equal figures in the log and the reports')
  })
})

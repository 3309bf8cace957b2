import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { parse } from 'csv-parse/sync'
import { type AuditItem, auditList, summaryAnswer } from '#contract/schemas/audit.ts'
import { problem } from '#contract/schemas/problem.ts'
import { Agent } from './agent.ts'
import { newSource } from './batches.ts'
import { testLocalServer } from './conditional-tests.ts'
import { allPages } from './pages.ts'
import { startServer, type TestServer } from './server.ts'
import { until } from './until.ts'

const ROWS = 60

let server: TestServer
let agent: Agent
let provider: Agent
let id: string

/** Older entries belong to other tests. */
const STARTED_AT = new Date().toISOString()
const since = `&from=${STARTED_AT}`
const entries = async (query = '', token = provider.token): Promise<AuditItem[]> =>
  (await allPages(server, token, `/v1/audit?limit=40${since}${query}`, auditList)).flatMap(({ items }) => items)

beforeAll(async () => {
  server = await startServer({ REGISTRY_SAMPLE: '0' })
  agent = await Agent.logIn(server)
  provider = await Agent.logIn(server, 'provider')
  ;({ id } = await agent.create({ surname: 'Lee', dob: '1990' }))
  await agent.patch(id, { surname: 'Li' })
  await provider.delete(id)
  await agent.get(id)
  await agent.send('POST', '/v1/search', { q: 'nobody' })
  await agent.get('00000000-0000-4000-8000-000000000000')
  await agent.send('GET', '/v1/conflicts')
  await server.api('GET', '/v1/customers')
  await server.api('POST', '/v1/lookup', { body: { surname: 'Lee', dob: '1990' } })
  const rows = Array.from({ length: ROWS }, (_, n) => JSON.stringify({ id: String(n), surname: `Row ${n}` })).join('\n')
  await server.api('POST', `/v1/batches?source=${newSource()}`, {
    token: agent.token,
    body: rows,
    headers: { 'Content-Type': 'application/x-ndjson' },
  })
  const isLogged = async () => (await entries('&action=create')).length === ROWS + 1
  await until(isLogged, 20_000, 'the change log of all versions')
})
afterAll(() => server.stop())

describe('the audit', () => {
  test('has every transaction once, with who did what to whom', async () => {
    const items = (await entries('&order=oldest')).filter(
      ({ action }) => !['listAudit', 'createToken'].includes(action),
    )
    expect(new Set(items.map(entry => entry.id)).size).toBe(items.length)
    expect(items.slice(0, 9).map(({ actor, action, outcome }) => `${actor} ${action} ${outcome}`)).toEqual([
      'agent create done',
      'agent update done',
      'provider delete done',
      'agent getCustomer done',
      'agent search done',
      'agent getCustomer not-found',
      'agent listConflicts forbidden',
      'public listCustomers unauthenticated',
      'public lookup not_listed',
    ])
    const after = items.slice(9).map(({ action }) => action)
    expect(after.toSorted()).toEqual([...Array(ROWS).fill('create'), 'createBatch'].toSorted())
    expect(items[1]).toMatchObject({ record: `customer/${id}`, before: { surname: 'Lee' }, after: { surname: 'Li' } })
    expect(items[3]).toMatchObject({ record: `customer/${id}`, before: null, after: null })
  })

  test('includes every request except technical ones, by request id', async () => {
    await server.api('GET', '/healthz')
    await server.api('GET', '/docs')
    const response = await agent.send('GET', `/v1/customers/${id}/history`)
    const [item] = (await entries()).filter(entry => entry.request_id === response.headers.get('x-request-id'))
    expect(item).toMatchObject({ action: 'customerHistory', outcome: 'done', record: `customer/${id}` })
    expect((await entries()).some(({ action }) => action === 'health' || action === 'docs')).toBe(false)
  })

  test('includes every login with its user, and failed ones without the name that was typed', async () => {
    const logIn = (username: string, password: string) =>
      server.api('POST', '/v1/auth/token', { body: { username, password } })
    const failed = await logIn('mistyped-secret-4711', 'wrong')
    expect(failed.status).toBe(401)
    const logins = await entries('&action=createToken')
    const failure = logins.find(entry => entry.request_id === failed.headers.get('x-request-id'))
    expect(failure).toMatchObject({ actor: 'public', outcome: 'unauthenticated' })
    expect(JSON.stringify(logins)).not.toContain('4711')
  })

  test('shows an agent only their own entries', async () => {
    const ownEntries = await entries('', agent.token)
    expect(ownEntries.length).toBeGreaterThan(ROWS)
    expect(new Set(ownEntries.map(({ actor }) => actor))).toEqual(new Set(['agent']))
    const response = await agent.send('GET', '/v1/audit?actor=provider')
    expect(response.as(problem)).toMatchObject({ status: 403 })
    expect((await agent.send('GET', '/v1/audit/summary')).status).toBe(403)
    expect((await agent.send('POST', '/v1/audit/verify')).status).toBe(403)
  })

  test.each([
    ['&action=update', ['update']],
    ['&outcome=forbidden&action=listConflicts', ['listConflicts']],
    ['&outcome=unauthenticated&action=listCustomers', ['listCustomers']],
    ['&actor=provider&action=delete', ['delete']],
    ['&location=nowhere', []],
    [`&to=${STARTED_AT}`, []],
  ])('is filtered by %s', async (query, expected) => {
    expect((await entries(query)).map(({ action }) => action)).toEqual(expected)
  })

  test('of one customer is filtered by id', async () => {
    const actions = (await entries(`&customer=${id}&order=oldest`)).map(({ action }) => action)
    expect(actions.slice(0, 4)).toEqual(['create', 'update', 'delete', 'getCustomer'])
  })

  test.each([
    ['text/csv', ''],
    ['*/*', '&format=csv'],
  ])('as CSV (Accept %s%s) has pages that form one file', async (Accept, format) => {
    let path: string | null = `/v1/audit?limit=20&order=oldest&actor=agent${since}${format}`
    let text = ''
    for (; path !== null; ) {
      const page: Awaited<ReturnType<Agent['send']>> = await provider.send('GET', path, undefined, { Accept })
      expect(page.headers.get('content-type')).toBe('text/csv; charset=utf-8')
      text += page.text
      const next = /<([^>]*)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1]
      path = next === undefined ? null : new URL(next, server.url).href.slice(server.url.length)
    }
    const rows = parse<Record<string, string>>(text, { columns: true })
    const items = await entries('&order=oldest&actor=agent')
    expect(rows.map(row => row.id)).toEqual(items.map(entry => entry.id))
    expect(rows.find(({ action }) => action === 'update')).toMatchObject({
      before: '{"surname":"Lee"}',
      after: '{"surname":"Li"}',
    })
  })

  test('as NDJSON has one entry a line', async () => {
    const headers = { Accept: 'application/x-ndjson' }
    const page = await provider.send('GET', `/v1/audit?limit=3&order=oldest&actor=agent${since}`, undefined, headers)
    const items = await entries('&order=oldest&actor=agent')
    expect(
      page.text
        .trim()
        .split('\n')
        .map(line => JSON.parse(line)),
    ).toEqual(items.slice(0, 3))
  })

  // It counts whole days, so that a shared list would contain the counts of others.
  testLocalServer('is counted by day, actor, action and location', async () => {
    const counts = (await allPages(server, provider.token, '/v1/audit/summary', summaryAnswer)).flatMap(p => p.items)
    const sumOf = (actor: string, action: string) =>
      counts.filter(item => item.actor === actor && item.action === action).reduce((sum, { count }) => sum + count, 0)
    expect([sumOf('agent', 'create'), sumOf('agent', 'search'), sumOf('provider', 'delete')]).toEqual([ROWS + 1, 1, 1])
    expect(new Set(counts.map(({ location }) => location))).toEqual(new Set([server.location]))
  })

  test.each([
    ['from=2026-02-01&to=2026-01-01', '?from'],
    ['from=yesterday', '?from'],
    ['customer=me', '?customer'],
    ['limit=1001', '?limit'],
    ['order=random', '?order'],
    ['format=xml', '?format'],
    ['who=me', '?who'],
    ['cursor=abc', '?cursor'],
  ])('refuses %s', async (query, pointer) => {
    const response = (await provider.send('GET', `/v1/audit?${query}`)).as(problem)
    expect(response.status).toBe(400)
    expect(response.errors.map(error => error.pointer)).toContain(pointer)
  })

  test('has cursors bound to the query and the user', async () => {
    const { next } = (await provider.send('GET', '/v1/audit?limit=1')).as(auditList)
    expect((await provider.send('GET', `/v1/audit?limit=2&cursor=${next}`)).status).toBe(200)
    expect((await provider.send('GET', `/v1/audit?limit=1&order=oldest&cursor=${next}`)).status).toBe(400)
    expect((await agent.send('GET', `/v1/audit?limit=1&cursor=${next}`)).status).toBe(400)
  })

  test('says who was shown a customer, and who asked for a name, whatever the kind of request', async () => {
    const { id: sought } = await agent.create({ surname: 'Quendelbrot', given_name: 'Ada', document_number: 'QB 4711' })
    const { id: other } = await agent.create({ surname: 'Quendelbrot', given_name: 'Eve' })
    const isFound = async () => (await agent.send('POST', '/v1/search', { q: 'Quendelbrot' })).text.includes(other)
    await until(isFound, 10_000, 'the customers to be found')
    const begun = new Date().toISOString()
    const queries = [{ surname: 'Nobody' }, { surname: 'Quendelbrot', given_name: 'Ada' }]
    await agent.send('POST', '/v1/search', { q: 'quendelbrot, ADA', mode: 'exact' })
    await agent.send('POST', '/v1/search', { document_number: 'qb4711' })
    await agent.send('POST', '/v1/match', { queries })
    await provider.send('GET', '/v1/customers?q=Ada%20Quendelbrot')
    await agent.get(sought)
    await agent.get(other)
    await agent.send('GET', `/v1/customers/${sought}/history`)
    await server.api('POST', '/v1/lookup', { body: { surname: 'Quendelbrot', given_name: 'Ada' } })
    const read = async (query: string, { token } = provider) =>
      (await allPages(server, token, `/v1/audit?order=oldest&limit=2&from=${begun}&${query}`, auditList)).flatMap(
        ({ items }) => items,
      )
    const actions = async (query: string, reader = provider) =>
      (await read(query, reader)).map(({ actor, action }) => `${actor} ${action}`)
    const byAgent = ['agent search', 'agent search', 'agent match', 'agent getCustomer', 'agent customerHistory']
    const all = byAgent.toSpliced(3, 0, 'provider listCustomers')
    expect(await actions(`shown=${sought}`)).toEqual(all)
    expect(await actions(`shown=${sought}`, agent)).toEqual(byAgent)
    expect(await actions('asked=Ada%20Quendelbrot')).toEqual([
      ...['agent search', 'agent match', 'provider listCustomers', 'public lookup'],
    ])
    expect(await actions('asked=QB-4711')).toEqual(['agent search'])
    expect(await actions(`asked=Ada%20Quendelbrot&action=match&shown=${sought}`)).toEqual(['agent match'])
    expect(await read('action=listCustomers')).toMatchObject([{ shown: [sought], shown_count: 1 }])

    // A merged customer is found by the old name, and the survivor is shown.
    const { id: merged } = await agent.create({ surname: 'Zwirbelhut', given_name: 'Ada' })
    const [survivor = '', loser = ''] = [sought, merged].sort()
    expect((await agent.send('POST', '/v1/duplicates', { ids: [sought, merged], decision: 'same' })).status).toBe(200)
    const old = survivor === sought ? 'Zwirbelhut' : 'Quendelbrot'
    const search = { q: `Ada ${old}`, mode: 'exact' }
    const leads = async () => (await agent.send('POST', '/v1/search', search)).text.includes(`"id":"${survivor}"`)
    await until(leads, 10_000, 'the merged customer to lead to the survivor')
    const last = (await read(`shown=${survivor}&action=search`)).at(-1)
    expect(last?.shown).toContain(survivor)
    expect(last?.shown).not.toContain(loser)
  })
})

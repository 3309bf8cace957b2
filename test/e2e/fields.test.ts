import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { batch } from '#contract/schemas/batch.ts'
import { customer, customerList } from '#contract/schemas/customer.ts'
import { fieldAnswer, fieldList } from '#contract/schemas/field.ts'
import { driftAnswer } from '#contract/schemas/operations.ts'
import { problem } from '#contract/schemas/problem.ts'
import { searchAnswer } from '#contract/schemas/query.ts'
import { typeAnswer, typeList } from '#contract/schemas/type.ts'
import { Agent } from './agent.ts'
import { resolveLocation, startServer, type TestServer } from './server.ts'
import { until } from './until.ts'

/** The timeout for writes to reach the index, and for the index to follow the fields. */
const BOUND = 30_000

let server: TestServer
let agent: Agent
let provider: Agent

beforeAll(async () => {
  server = await startServer()
  ;[agent, provider] = await Promise.all([Agent.logIn(server), Agent.logIn(server, 'provider')])
})
afterAll(() => server.stop())

let names = 0
/** Returns a name that no other test uses. */
const newName = () => `own_${Date.now()}_${++names}`

const field = async (name: string, user = agent) => (await user.send('GET', `/v1/fields/${name}`)).as(fieldAnswer)
const decide = (name: string, decision: string, user = provider) => user.send('POST', `/v1/fields/${name}/${decision}`)
const remove = (name: string, user = provider) => user.send('DELETE', `/v1/fields/${name}`)

/** Creates an authorised field and returns its name. */
async function createAuthorisedField(overrides: object = {}): Promise<string> {
  const name = newName()
  expect((await agent.send('POST', '/v1/fields', { name, type: 'text', ...overrides })).status).toBe(201)
  expect((await decide(name, 'authorise')).as(fieldAnswer).state).toBe('authorised')
  return name
}

const search = async (body: object, user = agent) =>
  (await user.send('POST', '/v1/search', body)).as(searchAnswer).items
const findExact = async (q: string) => (await search({ q, mode: 'exact' })).map(hit => hit.customer.id)
const listed = async (query: string, user = agent) =>
  (await user.send('GET', `/v1/customers?${query}`)).as(customerList).items

describe('a field', () => {
  test('is requested by an agent, authorised only by the provider, and then usable', async () => {
    const name = newName()
    const response = await agent.send('POST', '/v1/fields', {
      name,
      label: 'Loyalty',
      type: 'choice',
      choices: ['Silver', 'Gold'],
    })
    expect([response.status, resolveLocation(server, response)]).toEqual([201, `${server.url}/v1/fields/${name}`])
    expect(response.as(fieldAnswer)).toMatchObject({
      name,
      label: 'Loyalty',
      state: 'requested',
      pii: 'personal',
      required: false,
    })
    const body = { surname: 'Fielder', details: { [name]: 'Gold' } }
    expect((await agent.send('POST', '/v1/customers', body)).as(problem).errors).toEqual([
      { pointer: `#/details/${name}`, detail: 'is not an authorised field' },
    ])
    for (const decision of ['authorise', 'reject']) expect((await decide(name, decision, agent)).status).toBe(403)
    expect((await remove(name, agent)).status).toBe(403)
    expect((await agent.send('PATCH', `/v1/fields/${name}`, { label: 'Mine' })).status).toBe(403)
    expect((await field(name)).state).toBe('requested')
    expect((await decide(name, 'authorise')).as(fieldAnswer).state).toBe('authorised')
    const { id, details } = await agent.create(body)
    expect(details).toEqual({ [name]: 'Gold' })
    for (const invalid of ['gold', 5, true])
      expect((await agent.patch(id, { details: { [name]: invalid } })).as(problem).errors).toMatchObject([
        { pointer: `#/details/${name}` },
      ])
    expect((await decide(name, 'authorise')).as(problem)).toMatchObject({ status: 409 })
  })

  test.each([
    '__proto__',
    'id',
    'surname',
    'details',
    'merged_into',
    'constructor',
    'Colour',
    '1st',
    'a-b',
    '',
    'x'.repeat(41),
  ])('cannot be called %j, and nothing is stored', async name => {
    const body = `{"name": ${JSON.stringify(name)}, "type": "text"}`
    const response = await agent.send('POST', '/v1/fields', body, { 'Content-Type': 'application/json' })
    expect(response.as(problem)).toMatchObject({ status: 400, errors: [{ pointer: '#/name' }] })
    expect((await fields()).map(field => field.name)).not.toContain(name)
  })

  const fields = async () => (await agent.send('GET', '/v1/fields?limit=100')).as(fieldList).items

  test('with several errors reports all of them and stores nothing', async () => {
    const name = newName()
    const body = {
      name,
      type: 'text',
      pattern: '(a+)+$',
      label: '',
      choices: ['a', 'a'],
      searchable: true,
      pii: 'sensitive',
      x: 1,
    }
    const problemDocument = (await agent.send('POST', '/v1/fields', body)).as(problem)
    expect([...new Set(problemDocument.errors.map(({ pointer }) => pointer))].sort()).toEqual([
      '#/choices',
      '#/label',
      '#/pattern',
      '#/searchable',
      '#/x',
    ])
    expect((await agent.send('GET', `/v1/fields/${name}`)).status).toBe(404)
  })

  test('is listed by state', async () => {
    const [open, used] = [newName(), await createAuthorisedField()]
    await agent.send('POST', '/v1/fields', { name: open, type: 'text' })
    const names: string[] = []
    for (let cursor = ''; ; ) {
      const page = (await agent.send('GET', `/v1/fields?state=requested&limit=2${cursor && `&cursor=${cursor}`}`)).as(
        fieldList,
      )
      expect(page.items.length).toBeLessThanOrEqual(2)
      names.push(...page.items.map(field => field.name))
      if (page.next === null) break
      cursor = page.next
    }
    expect(names).toContain(open)
    expect(names).not.toContain(used)
  })

  test('that is required must be set when a customer is created, in every way', async () => {
    const name = await createAuthorisedField({ required: true })
    try {
      const pointer = `#/details/${name}`
      const response = await agent.send('POST', '/v1/customers', { surname: 'Lacking' })
      expect(response.as(problem).errors).toEqual([{ pointer, detail: 'is required' }])
      const csv = `id,surname,details.${name}\n1,Lacks,\n2,Has,it\n`
      const sendCsv = (body: string) =>
        agent.send('POST', `/v1/batches?source=${name}`, body, { 'Content-Type': 'text/csv' })
      const first = (await sendCsv(csv)).as(batch)
      expect(first).toMatchObject({
        created: 1,
        refused: 1,
        results: [{ problem: `${pointer} is required` }, { outcome: 'created' }],
      })
      const second = (await sendCsv('id,surname\n2,Has\n3,Lacks\n2,Had\n')).as(batch)
      expect(second.results.map(({ outcome }) => outcome)).toEqual(['unchanged', 'refused', 'updated'])
    } finally {
      expect((await remove(name)).status).toBe(200)
    }
  })
})

describe('a removed field', () => {
  const VALUE = `Umbrastone${Date.now()}`

  test('disappears from every response at once and from the index soon, and returns when it is authorised again', async () => {
    const name = await createAuthorisedField({ searchable: true })
    const { id } = await agent.create({ surname: 'Removed', given_name: 'Fieldson', details: { [name]: VALUE } })
    const other = await agent.create({ surname: 'Removed', given_name: 'Fieldson' })
    const before = new Date().toISOString()
    await until(async () => (await findExact(VALUE)).includes(id), BOUND, 'the value in the index')
    expect((await listed(`detail.${name}=${VALUE}`)).map(customer => customer.id)).toEqual([id])
    expect((await search({ q: 'Removed Fieldson', details: { [name]: VALUE } })).map(hit => hit.customer.id)).toEqual([
      id,
    ])
    const [hit] = await search({ q: VALUE, mode: 'exact' })
    expect(hit?.customer.details).toEqual({ [name]: VALUE })

    expect((await remove(name)).as(fieldAnswer).state).toBe('removed')
    expect(await findExact(VALUE)).toEqual([])
    expect(await listed(`q=${VALUE}`)).toEqual([])
    expect((await agent.send('GET', `/v1/customers?detail.${name}=${VALUE}`)).status).toBe(400)
    const responses = await Promise.all([
      agent.get(id),
      agent.get(id, 'consistent=true'),
      agent.get(id, `as_of=${before}`),
      agent.get(id, `known_at=${before}`),
      agent.send('GET', '/v1/customers?limit=100&state=all'),
      agent.send('GET', `/v1/customers?limit=100&as_of=${before}`),
      agent.send('GET', `/v1/customers/${id}/history`),
      agent.send('GET', `/v1/customers/${id}/diff?from=2000-01-01`),
      agent.send('GET', '/v1/diff?from=2000-01-01&limit=100'),
      agent.send('GET', `/v1/customers/${other.id}/duplicates`),
      agent.send('GET', '/v1/duplicates?limit=100'),
      agent.send('POST', '/v1/search', { q: VALUE }),
      agent.send('POST', '/v1/search', { q: 'Removed Fieldson', threshold: 0 }),
      agent.send('POST', '/v1/match', { queries: [{ surname: 'Removed' }], threshold: 0, explain: true }),
      agent.send('POST', '/v1/match', {
        queries: [{ surname: 'Removed' }],
        threshold: 0,
        explain: true,
        as_of: before,
      }),
      agent.patch(id, { given_name: 'Fielda' }),
      agent.send('POST', '/v1/duplicates', { ids: [id, other.id], decision: 'different' }),
      provider.get(id),
      provider.send('GET', '/v1/customers?limit=100&state=all'),
    ])
    for (const response of responses) {
      expect(response.status).toBe(200)
      expect(response.text.replaceAll(`"q":"${VALUE}"`, '')).not.toContain(VALUE)
    }
    const providerHistory = await provider.send('GET', `/v1/customers/${id}/history`)
    expect(providerHistory.text).toContain(VALUE)
    expect((await provider.read(id, `as_of=${before}`)).details).toEqual({ [name]: VALUE })
    expect(
      (await agent.delete(id)).text + (await agent.restore(id)).text + (await agent.put(id, { surname: 'Put' })).text,
    ).not.toContain(VALUE)

    await until(async () => (await field(name)).index.done, BOUND, 'the index to follow')
    expect((await field(name)).index.customers).toBeGreaterThanOrEqual(2)
    const drift = (await provider.send('POST', '/v1/index/drift', {})).as(driftAnswer)
    expect(drift.differences.different).toEqual({ count: 0, ids: [] })

    expect((await decide(name, 'authorise')).status).toBe(200)
    expect((await agent.read(id)).details).toEqual({ [name]: VALUE })
    await until(async () => (await findExact(VALUE)).includes(id), BOUND, 'the value in the index again')
    await until(async () => (await field(name)).index.done, BOUND, 'the index to follow again')
  })
})

describe('a sensitive field', () => {
  test('is shown to an agent for one customer, to the provider everywhere, and cannot be a filter', async () => {
    const name = await createAuthorisedField({ pii: 'sensitive' })
    const value = `secret${Date.now()}`
    const { id, details, updated_at } = await agent.create({
      surname: `Sens${Date.now()}`,
      details: { [name]: value },
    })
    expect(details).toEqual({ [name]: value })
    expect((await agent.read(id)).details).toEqual({ [name]: value })
    const listPath = `/v1/customers?limit=100&changed_since=${updated_at}`
    expect((await agent.send('GET', listPath)).text).not.toContain(value)
    expect((await provider.send('GET', listPath)).text).toContain(value)
    expect((await agent.send('GET', `/v1/customers?detail.${name}=x`)).as(problem).errors).toMatchObject([
      { pointer: `?detail.${name}` },
    ])
    expect(
      (await provider.send('POST', '/v1/search', { q: 'A', details: { [name]: 'x' } })).as(problem).errors,
    ).toMatchObject([{ pointer: `#/details/${name}` }])
  })
})

describe('a customer type', () => {
  const decideOn = (name: string, decision: string, user = provider) =>
    user.send('POST', `/v1/types/${name}/${decision}`)

  test('is requested, authorised, used and searched, and cannot be removed while in use', async () => {
    const name = `PARTNER_${Date.now()}`
    expect((await agent.send('POST', '/v1/types', { name, label: 'Partner' })).as(typeAnswer)).toMatchObject({
      name,
      state: 'requested',
      built_in: false,
    })
    expect((await agent.send('POST', '/v1/customers', { surname: 'Type', type: name })).status).toBe(400)
    expect((await decideOn(name, 'authorise', agent)).status).toBe(403)
    expect((await decideOn(name, 'authorise')).status).toBe(200)
    const created = await agent.create({ surname: `Typed${Date.now()}`, type: name })
    expect(created.type).toBe(name)
    expect((await listed(`type=${name}`)).map(({ id }) => id)).toEqual([created.id])
    expect((await listed(`changed_since=2000-01-01&type=${name}`)).map(({ id }) => id)).toEqual([created.id])
    expect((await listed(`changed_since=${created.updated_at}&limit=100`)).map(({ id }) => id)).toContain(created.id)
    await until(
      async () => (await search({ q: created.surname, mode: 'exact', type: name })).length === 1,
      BOUND,
      'the customer in the index',
    )
    expect(await search({ q: created.surname, mode: 'exact', type: 'INSTITUTION' })).toEqual([])
    const response = (await provider.send('DELETE', `/v1/types/${name}`)).as(problem)
    expect(response).toMatchObject({ status: 409, detail: expect.stringContaining('1 customer has it') })
    expect((await agent.patch(created.id, { type: 'PERSON' })).as(customer).type).toBe('PERSON')
    expect((await provider.send('DELETE', `/v1/types/${name}`)).as(typeAnswer).state).toBe('removed')
    expect((await agent.patch(created.id, { type: name })).as(problem).errors).toMatchObject([{ pointer: '#/type' }])
    expect((await agent.read(created.id, `as_of=${created.valid_from}`)).type).toBe(name)
  })

  test('that is built in cannot be removed', async () => {
    const { items } = (await agent.send('GET', '/v1/types')).as(typeList)
    expect(items.slice(0, 2)).toMatchObject([
      { name: 'PERSON', built_in: true, state: 'authorised' },
      { name: 'INSTITUTION', built_in: true, state: 'authorised' },
    ])
    expect((await provider.send('DELETE', '/v1/types/PERSON')).status).toBe(409)
    expect((await agent.send('POST', '/v1/types', { name: 'INSTITUTION' })).status).toBe(409)
  })

  test.each(['person', '__proto__', 'A-B', '', 'X'.repeat(41)])('cannot be called %j', async name => {
    expect((await agent.send('POST', '/v1/types', { name })).as(problem)).toMatchObject({
      status: 400,
      errors: [{ pointer: '#/name' }],
    })
  })
})

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { batch } from '#contract/schemas/batch.ts'
import { fieldAnswer, fieldList } from '#contract/schemas/field.ts'
import { problem } from '#contract/schemas/problem.ts'
import { Agent } from './agent.ts'
import { Fields } from './fields.ts'
import { resolveLocation, startServer, type TestServer } from './server.ts'

let server: TestServer
let agent: Agent
let provider: Agent
let fields: Fields

beforeAll(async () => {
  server = await startServer()
  ;[agent, provider] = await Promise.all([Agent.logIn(server), Agent.logIn(server, 'provider')])
  fields = new Fields(agent, provider)
})
afterAll(() => server.stop())

describe('a field', () => {
  test('is requested by an agent, authorised only by the provider, and then usable', async () => {
    const name = fields.newName()
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
    for (const decision of ['authorise', 'reject'])
      expect((await fields.decide(name, decision, agent)).status).toBe(403)
    expect((await fields.remove(name, agent)).status).toBe(403)
    expect((await agent.send('PATCH', `/v1/fields/${name}`, { label: 'Mine' })).status).toBe(403)
    expect((await fields.get(name)).state).toBe('requested')
    expect((await fields.decide(name, 'authorise')).as(fieldAnswer).state).toBe('authorised')
    const { id, details } = await agent.create(body)
    expect(details).toEqual({ [name]: 'Gold' })
    for (const invalid of ['gold', 5, true])
      expect((await agent.patch(id, { details: { [name]: invalid } })).as(problem).errors).toMatchObject([
        { pointer: `#/details/${name}` },
      ])
    expect((await fields.decide(name, 'authorise')).as(problem)).toMatchObject({ status: 409 })
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
    expect((await listFields()).map(field => field.name)).not.toContain(name)
  })

  const listFields = async () => (await agent.send('GET', '/v1/fields?limit=100')).as(fieldList).items

  test('with several errors reports all of them and stores nothing', async () => {
    const name = fields.newName()
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
    const [open, used] = [fields.newName(), await fields.createAuthorised()]
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
    const name = await fields.createAuthorised({ required: true })
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
      expect((await fields.remove(name)).status).toBe(200)
    }
  })
})

describe('a sensitive field', () => {
  test('is shown to an agent for one customer, to the provider everywhere, and cannot be a filter', async () => {
    const name = await fields.createAuthorised({ pii: 'sensitive' })
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

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { batch } from '#contract/schemas/batch.ts'
import { customer, customerList } from '#contract/schemas/customer.ts'
import { fieldAnswer, fieldList } from '#contract/schemas/field.ts'
import { driftAnswer } from '#contract/schemas/operations.ts'
import { problem } from '#contract/schemas/problem.ts'
import { searchAnswer } from '#contract/schemas/query.ts'
import { typeAnswer, typeList } from '#contract/schemas/type.ts'
import { Agent } from './agent.ts'
import { leadsTo, startServer, type TestServer } from './server.ts'
import { until } from './until.ts'

/** Until what is written is in the index, and until the index follows the fields. */
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
/** A name that no other test has. */
const newName = () => `own_${Date.now()}_${++names}`

const field = async (name: string, by = agent) => (await by.send('GET', `/v1/fields/${name}`)).as(fieldAnswer)
const decide = (name: string, what: string, by = provider) => by.send('POST', `/v1/fields/${name}/${what}`)
const remove = (name: string, by = provider) => by.send('DELETE', `/v1/fields/${name}`)

/** A field that values can be stated of. */
async function authorised(said: object = {}): Promise<string> {
  const name = newName()
  expect((await agent.send('POST', '/v1/fields', { name, type: 'text', ...said })).status).toBe(201)
  expect((await decide(name, 'authorise')).as(fieldAnswer).state).toBe('authorised')
  return name
}

const search = async (body: object, by = agent) => (await by.send('POST', '/v1/search', body)).as(searchAnswer).items
const exactly = async (q: string) => (await search({ q, mode: 'exact' })).map(hit => hit.customer.id)
const listed = async (query: string, by = agent) =>
  (await by.send('GET', `/v1/customers?${query}`)).as(customerList).items

describe('a field', () => {
  test('is requested by an agent, authorised by the provider alone, and used', async () => {
    const name = newName()
    const asked = await agent.send('POST', '/v1/fields', {
      name,
      label: 'Loyalty',
      type: 'choice',
      choices: ['Silver', 'Gold'],
    })
    expect([asked.status, leadsTo(server, asked)]).toEqual([201, `${server.url}/v1/fields/${name}`])
    expect(asked.as(fieldAnswer)).toMatchObject({
      name,
      label: 'Loyalty',
      state: 'requested',
      pii: 'personal',
      required: false,
    })
    const said = { surname: 'Fielder', details: { [name]: 'Gold' } }
    expect((await agent.send('POST', '/v1/customers', said)).as(problem).errors).toEqual([
      { pointer: `#/details/${name}`, detail: 'is not an authorised field' },
    ])
    for (const what of ['authorise', 'reject']) expect((await decide(name, what, agent)).status).toBe(403)
    expect((await remove(name, agent)).status).toBe(403)
    expect((await agent.send('PATCH', `/v1/fields/${name}`, { label: 'Mine' })).status).toBe(403)
    expect((await field(name)).state).toBe('requested')
    expect((await decide(name, 'authorise')).as(fieldAnswer).state).toBe('authorised')
    const { id, details } = await agent.create(said)
    expect(details).toEqual({ [name]: 'Gold' })
    for (const wrong of ['gold', 5, true])
      expect((await agent.patch(id, { details: { [name]: wrong } })).as(problem).errors).toMatchObject([
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
  ])('cannot have the name %j, and nothing is stored', async name => {
    const body = `{"name": ${JSON.stringify(name)}, "type": "text"}`
    const answer = await agent.send('POST', '/v1/fields', body, { 'Content-Type': 'application/json' })
    expect(answer.as(problem)).toMatchObject({ status: 400, errors: [{ pointer: '#/name' }] })
    expect((await fields()).map(one => one.name)).not.toContain(name)
  })

  const fields = async () => (await agent.send('GET', '/v1/fields?limit=100')).as(fieldList).items

  test('that is wrong in several ways is told all of them, and nothing is stored', async () => {
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
    const told = (await agent.send('POST', '/v1/fields', body)).as(problem)
    expect([...new Set(told.errors.map(({ pointer }) => pointer))].sort()).toEqual([
      '#/choices',
      '#/label',
      '#/pattern',
      '#/searchable',
      '#/x',
    ])
    expect((await agent.send('GET', `/v1/fields/${name}`)).status).toBe(404)
  })

  test('is on a page of its state', async () => {
    const [open, used] = [newName(), await authorised()]
    await agent.send('POST', '/v1/fields', { name: open, type: 'text' })
    const found: string[] = []
    for (let cursor = ''; ; ) {
      const page = (await agent.send('GET', `/v1/fields?state=requested&limit=2${cursor && `&cursor=${cursor}`}`)).as(
        fieldList,
      )
      expect(page.items.length).toBeLessThanOrEqual(2)
      found.push(...page.items.map(one => one.name))
      if (page.next === null) break
      cursor = page.next
    }
    expect(found).toContain(open)
    expect(found).not.toContain(used)
  })

  test('that is required is asked for in what begins a customer, by whatever way', async () => {
    const name = await authorised({ required: true })
    try {
      const pointer = `#/details/${name}`
      const refused = await agent.send('POST', '/v1/customers', { surname: 'Lacking' })
      expect(refused.as(problem).errors).toEqual([{ pointer, detail: 'is required' }])
      const csv = `id,surname,details.${name}\n1,Lacks,\n2,Has,it\n`
      const sent = (body: string) =>
        agent.send('POST', `/v1/batches?source=${name}`, body, { 'Content-Type': 'text/csv' })
      const first = (await sent(csv)).as(batch)
      expect(first).toMatchObject({
        created: 1,
        refused: 1,
        results: [{ problem: `${pointer} is required` }, { outcome: 'created' }],
      })
      const second = (await sent('id,surname\n2,Has\n3,Lacks\n2,Had\n')).as(batch)
      expect(second.results.map(({ outcome }) => outcome)).toEqual(['unchanged', 'refused', 'updated'])
    } finally {
      expect((await remove(name)).status).toBe(200)
    }
  })
})

describe('a field that is removed', () => {
  const SAID = `Umbrastone${Date.now()}`

  test('is gone from every answer at once, from the index a little later; authorised again it is back', async () => {
    const name = await authorised({ searchable: true })
    const { id } = await agent.create({ surname: 'Removed', given_name: 'Fieldson', details: { [name]: SAID } })
    const other = await agent.create({ surname: 'Removed', given_name: 'Fieldson' })
    const before = new Date().toISOString()
    await until(async () => (await exactly(SAID)).includes(id), BOUND, 'the value in the index')
    expect((await listed(`detail.${name}=${SAID}`)).map(one => one.id)).toEqual([id])
    expect((await search({ q: 'Removed Fieldson', details: { [name]: SAID } })).map(hit => hit.customer.id)).toEqual([
      id,
    ])
    const [shown] = await search({ q: SAID, mode: 'exact' })
    expect(shown?.customer.details).toEqual({ [name]: SAID })

    expect((await remove(name)).as(fieldAnswer).state).toBe('removed')
    expect(await exactly(SAID)).toEqual([])
    expect(await listed(`q=${SAID}`)).toEqual([])
    expect((await agent.send('GET', `/v1/customers?detail.${name}=${SAID}`)).status).toBe(400)
    const answers = await Promise.all([
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
      agent.send('POST', '/v1/search', { q: SAID }),
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
    for (const answer of answers) {
      expect(answer.status).toBe(200)
      expect(answer.text.replaceAll(`"q":"${SAID}"`, '')).not.toContain(SAID)
    }
    const seen = await provider.send('GET', `/v1/customers/${id}/history`)
    expect(seen.text).toContain(SAID)
    expect((await provider.read(id, `as_of=${before}`)).details).toEqual({ [name]: SAID })
    expect(
      (await agent.delete(id)).text + (await agent.restore(id)).text + (await agent.put(id, { surname: 'Put' })).text,
    ).not.toContain(SAID)

    await until(async () => (await field(name)).index.done, BOUND, 'the index that follows')
    expect((await field(name)).index.customers).toBeGreaterThanOrEqual(2)
    const drift = (await provider.send('POST', '/v1/index/drift', {})).as(driftAnswer)
    expect(drift.differences.different).toEqual({ count: 0, ids: [] })

    expect((await decide(name, 'authorise')).status).toBe(200)
    expect((await agent.read(id)).details).toEqual({ [name]: SAID })
    await until(async () => (await exactly(SAID)).includes(id), BOUND, 'the value in the index again')
    await until(async () => (await field(name)).index.done, BOUND, 'the index that follows again')
  })
})

describe('a field that is sensitive', () => {
  test('is told to an agent about one customer alone, to the provider everywhere, and not filtered by', async () => {
    const name = await authorised({ pii: 'sensitive' })
    const said = `secret${Date.now()}`
    const { id, details, updated_at } = await agent.create({
      surname: `Sens${Date.now()}`,
      details: { [name]: said },
    })
    expect(details).toEqual({ [name]: said })
    expect((await agent.read(id)).details).toEqual({ [name]: said })
    const listing = `/v1/customers?limit=100&changed_since=${updated_at}`
    expect((await agent.send('GET', listing)).text).not.toContain(said)
    expect((await provider.send('GET', listing)).text).toContain(said)
    expect((await agent.send('GET', `/v1/customers?detail.${name}=x`)).as(problem).errors).toMatchObject([
      { pointer: `?detail.${name}` },
    ])
    expect(
      (await provider.send('POST', '/v1/search', { q: 'A', details: { [name]: 'x' } })).as(problem).errors,
    ).toMatchObject([{ pointer: `#/details/${name}` }])
  })
})

describe('a type of customers', () => {
  const decideOn = (name: string, what: string, by = provider) => by.send('POST', `/v1/types/${name}/${what}`)

  test('is requested, authorised, had, looked for, and not removed while somebody has it', async () => {
    const name = `PARTNER_${Date.now()}`
    expect((await agent.send('POST', '/v1/types', { name, label: 'Partner' })).as(typeAnswer)).toMatchObject({
      name,
      state: 'requested',
      built_in: false,
    })
    expect((await agent.send('POST', '/v1/customers', { surname: 'Type', type: name })).status).toBe(400)
    expect((await decideOn(name, 'authorise', agent)).status).toBe(403)
    expect((await decideOn(name, 'authorise')).status).toBe(200)
    const made = await agent.create({ surname: `Typed${Date.now()}`, type: name })
    expect(made.type).toBe(name)
    expect((await listed(`type=${name}`)).map(({ id }) => id)).toEqual([made.id])
    expect((await listed(`changed_since=2000-01-01&type=${name}`)).map(({ id }) => id)).toEqual([made.id])
    expect((await listed(`changed_since=${made.updated_at}&limit=100`)).map(({ id }) => id)).toContain(made.id)
    await until(
      async () => (await search({ q: made.surname, mode: 'exact', type: name })).length === 1,
      BOUND,
      'the customer in the index',
    )
    expect(await search({ q: made.surname, mode: 'exact', type: 'INSTITUTION' })).toEqual([])
    const refused = (await provider.send('DELETE', `/v1/types/${name}`)).as(problem)
    expect(refused).toMatchObject({ status: 409, detail: expect.stringContaining('1 customer has it') })
    expect((await agent.patch(made.id, { type: 'PERSON' })).as(customer).type).toBe('PERSON')
    expect((await provider.send('DELETE', `/v1/types/${name}`)).as(typeAnswer).state).toBe('removed')
    expect((await agent.patch(made.id, { type: name })).as(problem).errors).toMatchObject([{ pointer: '#/type' }])
    expect((await agent.read(made.id, `as_of=${made.valid_from}`)).type).toBe(name)
  })

  test('is built in: PERSON and INSTITUTION stay', async () => {
    const { items } = (await agent.send('GET', '/v1/types')).as(typeList)
    expect(items.slice(0, 2)).toMatchObject([
      { name: 'PERSON', built_in: true, state: 'authorised' },
      { name: 'INSTITUTION', built_in: true, state: 'authorised' },
    ])
    expect((await provider.send('DELETE', '/v1/types/PERSON')).status).toBe(409)
    expect((await agent.send('POST', '/v1/types', { name: 'INSTITUTION' })).status).toBe(409)
  })

  test.each(['person', '__proto__', 'A-B', '', 'X'.repeat(41)])('cannot have the name %j', async name => {
    expect((await agent.send('POST', '/v1/types', { name })).as(problem)).toMatchObject({
      status: 400,
      errors: [{ pointer: '#/name' }],
    })
  })
})

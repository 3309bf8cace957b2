/** The searches of docs/inputs.md, sent to a server. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Customer, customer, customerList } from '#contract/schemas/customer.ts'
import { problem } from '#contract/schemas/problem.ts'
import { matchAnswer, searchAnswer } from '#contract/schemas/query.ts'
import { Agent } from '../e2e/agent.ts'
import { startServer, type TestServer } from '../e2e/server.ts'
import { until } from '../e2e/until.ts'
import { readTable, toList, toRefusal } from './tables.ts'

const BOUND = 10_000

let server: TestServer
let agent: Agent
const names = new Map<string, string>()

const nameOf = ({ id }: Pick<Customer, 'id'>): string => names.get(id) ?? id
const search = async (body: object) => (await agent.send('POST', '/v1/search', body)).as(searchAnswer)
const list = async (query: Record<string, string>) =>
  (await agent.send('GET', `/v1/customers?${new URLSearchParams(query)}`)).as(customerList).items
/** Who reaches the threshold. */
const found = async (body: object) => {
  const { items, below_threshold } = await search(body)
  return below_threshold ? [] : items.map(({ customer }) => nameOf(customer)).sort()
}
const isFound = async (body: object, id: string) =>
  (await search(body)).items.some(({ customer }) => customer.id === id)

interface Definition {
  name: string
  type: string
  country?: string
}

/** Has a searchable field authorised. */
async function addField(field: Definition): Promise<void> {
  const provider = await Agent.logIn(server, 'provider')
  expect((await agent.send('POST', '/v1/fields', { ...field, searchable: true })).status).toBe(201)
  expect((await provider.send('POST', `/v1/fields/${field.name}/authorise`)).status).toBe(200)
}

beforeAll(async () => {
  server = await startServer({ REGISTRY_SAMPLE: '0' })
  agent = await Agent.logIn(server)
  await addField({ name: 'city', type: 'text' })
  let last = ''
  for (const [name = '', type, given_name, surname, dob, document_number, city] of readTable('customer')) {
    const stated = Object.entries({ type, given_name, surname, dob, document_number }).filter(([, value]) => value)
    last = (await agent.create({ ...Object.fromEntries(stated), ...(city ? { details: { city } } : {}) })).id
    names.set(last, name)
  }
  const [, , given_name, surname] = readTable('customer').at(-1) ?? []
  await until(() => isFound({ q: `${given_name} ${surname}` }, last), BOUND, 'the last customer to be found')
})
afterAll(() => server.stop())

test.each(readTable('typed'))('%s, typed into a search, finds %s %s', async (q, expected, grade) => {
  const { items, below_threshold } = await search({ q })
  const name = items[0] ? nameOf(items[0].customer) : 'nobody'
  expect([name, below_threshold ? 'below the threshold' : (items[0]?.grade ?? '')]).toEqual([expected, grade])
})

test.each(readTable('words'))('the words %s are those of %s', async (q, expected = '') => {
  expect((await list({ q })).map(nameOf).sort()).toEqual(toList(expected).sort())
  expect(await found({ q, mode: 'exact' })).toEqual(toList(expected).sort())
})

test.each(readTable('request'))('a search for %s finds %s', async (body = '', expected = '') => {
  expect(await found(JSON.parse(body))).toEqual(toList(expected).sort())
})

test.each(readTable('query'))('the query %s matches %s %s', async (query = '', expected = '', grade) => {
  const { results } = (await agent.send('POST', '/v1/match', { queries: [JSON.parse(query)] })).as(matchAnswer)
  const hits = results[0]?.items ?? []
  expect(hits.map(({ customer }) => nameOf(customer))).toEqual(toList(expected))
  expect(hits[0]?.grade ?? '').toBe(grade)
})

test.each(readTable('sort'))('the list in the order %s begins with %s', async (sort = '', expected = '') => {
  const limit = String(toList(expected).length)
  expect((await list({ sort, limit })).map(nameOf)).toEqual(toList(expected))
})

describe('contact data', () => {
  const FIELDS = new Map<string | undefined, Definition>([
    ['phone, country BE', { name: 'mobile', type: 'phone', country: 'BE' }],
    ['phone', { name: 'landline', type: 'phone' }],
    ['email', { name: 'mail', type: 'email' }],
  ])

  beforeAll(async () => {
    for (const field of FIELDS.values()) await addField(field)
  })

  test.each(readTable('field'))('in a field of %s, %j is kept as %s and found by %s', async (field, sent, kept, q) => {
    const { name = '' } = FIELDS.get(field) ?? {}
    const response = await agent.send('POST', '/v1/customers', { surname: 'Kontakt', details: { [name]: sent } })
    const refusal = toRefusal(kept ?? '')
    if (refusal !== null) {
      expect(response.as(problem).errors).toMatchObject([{ pointer: `#/details/${name}` }])
      expect(response.as(problem).errors[0]?.detail).toContain(refusal)
      return
    }
    const { id, details } = response.as(customer)
    expect(details[name]).toBe(kept)
    await until(() => isFound({ q }, id), BOUND, `${q} to be found`)
    expect((await search({ q })).items[0]?.customer.id).toBe(id)
    expect((await search({ q, mode: 'exact' })).items.map(hit => hit.customer.id)).toEqual([id])
    expect((await list({ q: q ?? '' })).map(item => item.id)).toEqual([id])
    expect((await search({ details: { [name]: sent } })).items.map(hit => hit.customer.id)).toEqual([id])
    expect((await list({ [`detail.${name}`]: sent ?? '' })).map(item => item.id)).toEqual([id])
  })
})

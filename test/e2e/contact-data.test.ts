import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { batch } from '#contract/schemas/batch.ts'
import { customerList } from '#contract/schemas/customer.ts'
import { problem } from '#contract/schemas/problem.ts'
import { searchAnswer } from '#contract/schemas/query.ts'
import { Agent } from './agent.ts'
import { startServer, type TestServer } from './server.ts'
import { until } from './until.ts'

const BOUND = 10_000

let server: TestServer
let agent: Agent
let id: string
let abroad: string

const search = async (body: object) =>
  (await agent.send('POST', '/v1/search', body)).as(searchAnswer).items.map(({ customer }) => customer.id)

beforeAll(async () => {
  server = await startServer()
  agent = await Agent.logIn(server)
  const provider = await Agent.logIn(server, 'provider')
  const fields = [
    { name: 'mobile', type: 'phone', country: 'BE', searchable: true },
    { name: 'landline', type: 'phone', searchable: true },
    { name: 'mail', type: 'email', searchable: true },
  ]
  for (const field of fields) {
    expect((await agent.send('POST', '/v1/fields', field)).status).toBe(201)
    expect((await provider.send('POST', `/v1/fields/${field.name}/authorise`)).status).toBe(200)
  }
  const details = { mobile: '0470 98 76 54', mail: 'Hyacinth.Bucket@Example.com' }
  id = (await agent.create({ surname: 'Bouquet', given_name: 'Hyacinth', details })).id
  abroad = (await agent.create({ surname: 'Walton', details: { landline: '+44 (0)20 7946 0958' } })).id
  const isIndexed = async () => (await search({ q: 'Walton' })).includes(abroad)
  await until(isIndexed, BOUND, 'both to be found')
})
afterAll(() => server.stop())

describe('contact data', () => {
  test('is stored in one form', async () => {
    expect((await agent.read(id)).details).toEqual({ mobile: '+32470987654', mail: 'hyacinth.bucket@example.com' })
    expect((await agent.read(abroad)).details).toEqual({ landline: '+442079460958' })
  })

  test.each(['0470 98 76 54', '0470/98.76.54', '+32 470 987 654', '0032470987654', 'bouquet 0470987654'])(
    'is found by the number %s',
    async q => {
      expect((await search({ q }))[0]).toBe(id)
      expect(await search({ q, mode: 'exact' })).toEqual([id])
    },
  )

  test.each(['020 7946 0958', '+442079460958', '(020) 79460958'])('is found without the country by %s', async q => {
    expect((await search({ q }))[0]).toBe(abroad)
    expect(await search({ q, mode: 'exact' })).toEqual([abroad])
  })

  test.each(['HYACINTH.BUCKET@EXAMPLE.COM', 'hyacinth.bucket@example.com'])('is found by the address %s', async q => {
    expect((await search({ q }))[0]).toBe(id)
    expect(await search({ q, mode: 'exact' })).toEqual([id])
  })

  test('filters, however it is written', async () => {
    expect(await search({ details: { mobile: '0470-987-654' } })).toEqual([id])
    expect(await search({ q: 'bouquet', details: { mail: 'Hyacinth.Bucket@EXAMPLE.com' } })).toEqual([id])
    expect(await search({ q: 'bouquet', details: { mobile: '0470 98 76 55' } })).toEqual([])
    const filter = new URLSearchParams({ 'detail.mobile': '0470 98 76 54', limit: '100' })
    const { items } = (await agent.send('GET', `/v1/customers?${filter}`)).as(customerList)
    expect(items.map(customer => customer.id)).toEqual([id])
  })

  test('in another notation is no change, and neither is a repeated row', async () => {
    const { version } = await agent.read(id)
    await agent.patch(id, { details: { mobile: '+32 470 98 76 54', mail: 'HYACINTH.bucket@example.com' } })
    expect((await agent.read(id)).version).toBe(version)
    const send = async (mobile: string) =>
      (
        await agent.send('POST', '/v1/batches?source=contacts', `id,surname,details.mobile\n1,Sheridan,${mobile}\n`, {
          'Content-Type': 'text/csv',
        })
      ).as(batch).results[0]?.outcome
    expect([await send('0471 11 22 33'), await send('+32471112233')]).toEqual(['created', 'unchanged'])
  })

  test('that is none is refused', async () => {
    const details = { mobile: '12', landline: '020 7946 0958', mail: 'nobody' }
    const answer = await agent.send('POST', '/v1/customers', { surname: 'X', details })
    expect(answer.status).toBe(400)
    expect(answer.as(problem).errors?.map(({ pointer }) => pointer)).toEqual([
      '#/details/mobile',
      '#/details/landline',
      '#/details/mail',
    ])
  })

  test.each<[object, string]>([
    [{ type: 'text', country: 'BE' }, '#/country'],
    [{ type: 'phone', country: 'XY' }, '#/country'],
    [{ type: 'phone', country: 'be' }, '#/country'],
    [{ type: 'email', pattern: '.*' }, '#/pattern'],
  ])('has no field %j', async (definition, pointer) => {
    const answer = await agent.send('POST', '/v1/fields', { name: 'wrong', ...definition })
    expect(answer.status).toBe(400)
    expect(answer.as(problem).errors?.map(fault => fault.pointer)).toEqual([pointer])
  })
})

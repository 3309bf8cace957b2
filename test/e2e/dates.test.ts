import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { problem } from '#contract/schemas/problem.ts'
import { matchAnswer } from '#contract/schemas/query.ts'
import { Agent } from './agent.ts'
import { newSource, sendAccepted } from './batches.ts'
import { startServer, type TestServer } from './server.ts'
import { until } from './until.ts'

const BOUND = 5000

let server: TestServer
let agent: Agent

beforeAll(async () => {
  server = await startServer()
  agent = await Agent.logIn(server)
})
afterAll(() => server.stop())

const getErrors = async (body: unknown) =>
  (await agent.send('POST', '/v1/customers', body)).as(problem).errors.map(({ detail }) => detail)

describe('a date of birth', () => {
  test('is read in common notations, by requests and batches alike', async () => {
    expect(await agent.create({ surname: 'Okoro', dob: '17 April 1988' })).toMatchObject({
      dob: '1988-04-17',
      dob_approximate: false,
    })
    const rows = 'id,surname,dob\n1,Okoro,17.04.1988\n2,Okoro,circa 1985\n3,Okoro,xx-12-2002\n'
    const { results } = await sendAccepted(agent, newSource(), rows)
    const customers = await Promise.all(results.map(({ id }) => agent.read(id ?? '')))
    expect(customers.map(({ dob, dob_approximate }) => [dob, dob_approximate])).toEqual([
      ['1988-04-17', false],
      ['1985', true],
      ['2002-12', false],
    ])
  })

  test('that could mean two days is refused with both', async () => {
    const [detail] = await getErrors({ surname: 'Okoro', dob: '03/04/1985' })
    expect(detail).toContain('1985-04-03 (day first)')
    expect(detail).toContain('1985-03-04 (month first)')
  })
})

describe('an approximate date of birth', () => {
  test('keeps its flag until another date is stated', async () => {
    const { id, dob, dob_approximate } = await agent.create({ surname: 'Abara', dob: 'about 1985' })
    expect({ dob, dob_approximate }).toEqual({ dob: '1985', dob_approximate: true })
    await agent.patch(id, { given_name: 'Ife' })
    expect(await agent.read(id)).toMatchObject({ dob: '1985', dob_approximate: true })
    await agent.patch(id, { dob: '1985-04-12' })
    expect(await agent.read(id)).toMatchObject({ dob: '1985-04-12', dob_approximate: false })
    expect((await agent.history(id)).map(({ dob, dob_approximate }) => [dob, dob_approximate])).toEqual([
      ['1985-04-12', false],
      ['1985', true],
      ['1985', true],
    ])
  })

  test('can be put as it was read without a change', async () => {
    const { id, version } = await agent.create({ surname: 'Abara', dob: '1985-04', dob_approximate: true })
    await agent.put(id, { surname: 'Abara', dob: '1985-04', dob_approximate: true })
    expect(await agent.read(id)).toMatchObject({ version, dob: '1985-04', dob_approximate: true })
    const row = 'id,surname,dob,dob_approximate\n1,Abara,1985-04,TRUE\n2,Abara,1985,false\n3,Abara,1985,\n'
    const { results } = await sendAccepted(agent, newSource(), row)
    const customers = await Promise.all(results.map(({ id }) => agent.read(id ?? '')))
    expect(customers.map(customer => customer.dob_approximate)).toEqual([true, false, false])
  })

  test.each([
    [{ dob_approximate: true }, 'needs dob beside it'],
    [{ dob: null, dob_approximate: true }, 'needs dob beside it'],
    [{ dob: 'about 1985', dob_approximate: false }, 'is false, but dob says that it is approximate'],
    [{ dob: 'about 2999' }, 'is in the future'],
  ])('%j is refused: %s', async (stated, detail) => {
    expect(await getErrors({ surname: 'Abara', ...stated })).toEqual([detail])
  })

  test('matches years up to two away', async () => {
    const { id } = await agent.create({ surname: 'Zwanenburg', given_name: 'Femke', dob: 'about 1985' })
    await until(
      async () => (await agent.send('POST', '/v1/search', { q: 'Zwanenburg' })).text.includes(id),
      BOUND,
      'the customer to be found',
    )
    const years = ['1983-02-01', '1987', '1988']
    const queries = years.map(dob => ({ surname: 'Zwanenburg', given_name: 'Femke', dob }))
    const { results } = (await agent.send('POST', '/v1/match', { queries, explain: true, threshold: 0 })).as(
      matchAnswer,
    )
    const reasons = results.map(({ items }) => items[0]?.reasons.find(({ field }) => field === 'dob'))
    expect(reasons).toMatchObject([
      { customer: 'about 1985', comparison: 'about that year' },
      { customer: 'about 1985', comparison: 'about that year' },
      { customer: 'about 1985', comparison: 'different' },
    ])
  })

  test('does not identify a customer in the public lookup', async () => {
    const person = { surname: 'Quiroga', given_name: 'Inés' }
    await agent.create({ ...person, dob: '1971-03-04', dob_approximate: true })
    const response = await server.api('POST', '/v1/lookup', { body: { ...person, dob: '1971-03-04' } })
    expect(JSON.parse(response.text).answer).not.toBe('listed')
  })
})

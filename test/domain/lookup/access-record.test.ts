import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { DynamoAccessStore } from '#adapters/dynamodb/access-store.ts'
import type { LookupQuery } from '#contract/schemas/query.ts'
import { startEngine, TABLE_NAMES, type TestEngine } from '../../adapters/dynamodb/engine.ts'
import { ADDRESS, DAY, LookupFixture } from './fixtures.ts'

let engine: TestEngine
let fixture: LookupFixture

beforeAll(async () => {
  engine = await startEngine()
})
afterAll(() => engine.stop())
beforeEach(() => {
  fixture = new LookupFixture(engine.tables())
})

describe('an access record', () => {
  const person = { surname: 'Żółkiewski', given_name: 'Jan Maria', dob: '1980-04-05', document_number: 'PL-77 1' }

  beforeEach(async () => {
    await fixture.createListed({ ...person, document_number: `PL-77 1` })
  })

  test.each([
    ['listed', person],
    ['possible', { surname: 'Zolkievski', given_name: 'Jan Maria' }],
    ['not_listed', { surname: 'Qwrtz', given_name: 'Xy' }],
  ])('is written for %s, with the answer', async (answer, query) => {
    expect(await fixture.lookupAndGetAccess(query)).toMatchObject({
      location: 'loc1',
      actor: 'public',
      action: 'lookup',
      outcome: answer,
      at: expect.stringMatching(DAY),
    })
  })

  test('is written for a refusal after the budget is used up', async () => {
    const address = '203.0.113.1'
    await fixture.performLookup(person, { address, budget: 1 })
    await expect(fixture.performLookup(person, { address, budget: 1 })).rejects.toMatchObject({
      kind: 'too-many-requests',
    })
    expect(await fixture.lookupAndGetAccess(person, { address, budget: 1 })).toMatchObject({
      action: 'lookup',
      outcome: 'refused',
    })
  })

  test('holds hashes of the stated fields and of the network, and nothing readable', async () => {
    const access = await fixture.lookupAndGetAccess({ ...person, given_name: null })
    expect(Object.keys(access.asked).sort()).toEqual(['dob', 'document_number', 'name', 'network', 'surname'])
    for (const hash of Object.values(access.asked)) expect(hash).toMatch(/^[\w-]{22}$/)
    // An id or hash may contain two digits of a secret by chance.
    const text = JSON.stringify({ ...access, request_id: '', asked: Object.keys(access.asked) }).toLowerCase()
    for (const secret of ['lkiewski', 'jan', '1980', '04-05', '77', ADDRESS]) expect(text).not.toContain(secret)
  })

  test.each<[how: string, one: LookupQuery, other: LookupQuery]>([
    ['a name in another spelling', person, { ...person, surname: 'ZOLKIEWSKI', given_name: ' jan  maria' }],
    ['a number with other separators', person, { ...person, document_number: 'pl771' }],
  ])('has the same hashes for %s', async (_, query, otherQuery) => {
    expect((await fixture.lookupAndGetAccess(query)).asked).toEqual(
      (await fixture.lookupAndGetAccess(otherQuery)).asked,
    )
  })

  test('has different hashes for different values, and for the same value in different fields', async () => {
    const first = (await fixture.lookupAndGetAccess({ surname: 'Anders', given_name: 'Maria' })).asked
    const second = (await fixture.lookupAndGetAccess({ surname: 'Maria', given_name: 'Anders' })).asked
    expect(new Set([first.surname, first.given_name, second.surname, second.given_name]).size).toBe(4)
  })

  test.each([
    ['one IPv6 network as equal', '2001:db8:1:2::1', '2001:db8:1:2:ffff:ffff:ffff:ffff', true],
    ['two IPv6 networks as different', '2001:db8:1:2::1', '2001:db8:1:3::1', false],
    ['two IPv4 addresses as different', '198.51.100.7', '198.51.100.8', false],
  ])('shows %s', async (_, address, otherAddress, same) => {
    const [first, other] = [
      await fixture.lookupAndGetAccess(person, { address: address }),
      await fixture.lookupAndGetAccess(person, { address: otherAddress }),
    ]
    expect(first.asked.network === other.asked.network).toBe(same)
  })

  test('that cannot be written makes the lookup fail', async () => {
    fixture.ports.accesses = new DynamoAccessStore(engine.tables({ ...TABLE_NAMES, registry: 'none' }))
    await expect(fixture.performLookup(person)).rejects.toThrow()
    await expect(fixture.performLookup({ surname: 'Qwrtz', given_name: 'Xy' })).rejects.toThrow()
  })
})

import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { DynamoAccessStore } from '#adapters/dynamodb/access-store.ts'
import type { LookupQuery } from '#contract/schemas/query.ts'
import { readAccesses } from '../../adapters/dynamodb/accesses.ts'
import { startEngine, TABLE_NAMES, type TestEngine } from '../../adapters/dynamodb/engine.ts'
import { timeAt } from '../../in-memory/context.ts'
import { DAY, LookupFixture } from './fixtures.ts'

let engine: TestEngine
let fixture: LookupFixture

beforeAll(async () => {
  engine = await startEngine()
})
afterAll(() => engine.stop())
beforeEach(() => {
  fixture = new LookupFixture(engine.tables())
})

describe('a receipt', () => {
  const person = { surname: 'Receipt', given_name: 'Rita', dob: '1990-09-09', document_number: 'RR 1' }

  test('shows the location of the answer and the time at which it was known', async () => {
    await fixture.createListed(person)
    const { receipt } = await fixture.performLookup(person)
    const verification = await fixture.verify(receipt)
    expect(verification).toEqual({
      valid: true,
      matches: null,
      answer: 'listed',
      at: expect.any(String),
      location: 'loc1',
      known_at: verification.at,
    })
  })

  test("shows the version's time when a clock was ahead", async () => {
    const ahead = timeAt(5000)
    await fixture.index(await fixture.updateRow(await fixture.createListed(person), { given_name: 'Ritva' }, ahead))
    const verification = await fixture.verify((await fixture.performLookup({ ...person, given_name: 'Ritva' })).receipt)
    expect(verification).toMatchObject({ answer: 'listed', known_at: ahead })
    expect(String(verification.at) < ahead).toBe(true)
  })

  test('is recorded when it is verified, valid or not', async () => {
    const { receipt } = await fixture.performLookup(person)
    const before = new Set((await readAccesses(engine.tables(), DAY)).map(access => access.request_id))
    await fixture.verify(receipt)
    await fixture.verify(`${receipt}x`)
    const traces = (await readAccesses(engine.tables(), DAY)).filter(access => !before.has(access.request_id))
    expect(traces.map(({ action }) => action)).toEqual(['verifyLookup', 'verifyLookup'])
    expect(traces.map(({ outcome }) => outcome).sort()).toEqual(['listed', 'not_valid'])
    expect(Object.keys(traces[0]?.asked ?? {}).sort()).toEqual(['network', 'receipt'])
    expect(JSON.stringify(traces)).not.toContain(receipt)
  })

  test('is not verified when the verification cannot be recorded', async () => {
    const { receipt } = await fixture.performLookup(person)
    fixture.ports.accesses = new DynamoAccessStore(engine.tables({ ...TABLE_NAMES, registry: 'none' }))
    await expect(fixture.verify(receipt)).rejects.toThrow()
  })

  test.each<[what: string, details: LookupQuery, matches: boolean]>([
    ['the same details', person, true],
    ['a spelling that compares equal', { ...person, surname: 'RECEIPT', document_number: 'rr1' }, true],
    ['null for a field that was not stated', { surname: 'Receipt', dob: null, given_name: 'Rita' }, false],
    ['another date', { ...person, dob: '1990-09-10' }, false],
    ['fewer details', { surname: person.surname, given_name: person.given_name }, false],
  ])('is compared with %s', async (_, details, matches) => {
    const { receipt } = await fixture.performLookup(person)
    expect(await fixture.verify(receipt, details)).toMatchObject({ valid: true, matches })
  })

  test('that was altered is not valid and matches nothing', async () => {
    const { receipt } = await fixture.performLookup(person)
    expect(await fixture.verify(`${receipt}x`, person)).toMatchObject({ valid: false, matches: null })
  })

  test('can be verified as often as the budget of an address allows', async () => {
    const { receipt } = await fixture.performLookup(person)
    const address = '203.0.113.9'
    await fixture.verify(receipt, undefined, { address, budget: 1 })
    await expect(fixture.verify(receipt, undefined, { address, budget: 1 })).rejects.toMatchObject({
      kind: 'too-many-requests',
      retryAfter: expect.any(Number),
    })
    // Lookups have a separate budget.
    await fixture.performLookup(person, { address, budget: 1 })
  })
})

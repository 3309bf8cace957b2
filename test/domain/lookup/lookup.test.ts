import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { DynamoAccessStore } from '#adapters/dynamodb/access-store.ts'
import { DynamoListStore } from '#adapters/dynamodb/list-store.ts'
import { DynamoRateLimiter } from '#adapters/dynamodb/rate-limiter.ts'
import { DynamoRecordStore } from '#adapters/dynamodb/record-store.ts'
import { MemoryIndex } from '#adapters/memory-search/memory-index.ts'
import type { LookupQuery } from '#contract/schemas/query.ts'
import type { Access } from '#domain/audit/port.ts'
import { Unavailable } from '#domain/errors.ts'
import { lookup } from '#domain/lookup/lookup.ts'
import { verifyReceipt } from '#domain/lookup/receipt.ts'
import type { CurrentRecord } from '#domain/records/current.ts'
import type { FieldValues } from '#domain/records/prepare-write.ts'
import { toEntry } from '#domain/search/entry.ts'
import type { Ports } from '#functions/runtime/ports.ts'
import { readAccesses } from '../../adapters/dynamodb/accesses.ts'
import { startEngine, TABLE_NAMES, type TestEngine } from '../../adapters/dynamodb/engine.ts'
import { createCommitted, timestampAt, toWrite } from '../../adapters/dynamodb/histories.ts'
import { contextAt, timeAt } from '../../in-memory/context.ts'

const KEY = 'k'.repeat(32)
const ADDRESS = '198.51.100.7'
const DAY = timeAt(0).slice(0, 10)

type LookupPorts = Pick<Ports, 'records' | 'lists' | 'budgets' | 'accesses' | 'index'>

let engine: TestEngine
let ports: LookupPorts
let calls = 0

beforeAll(async () => {
  engine = await startEngine()
})
afterAll(() => engine.stop())
beforeEach(() => {
  const tables = engine.tables()
  ports = {
    records: new DynamoRecordStore(tables),
    lists: new DynamoListStore(tables),
    budgets: new DynamoRateLimiter(tables),
    accesses: new DynamoAccessStore(tables),
    index: new MemoryIndex(),
  }
})

/** An index whose engine does not answer. */
class UnreachableIndex extends MemoryIndex {
  override async candidates(): Promise<never> {
    throw new Unavailable('The search index does not answer')
  }
  override async tokens(): Promise<never> {
    throw new Unavailable('The search index does not answer')
  }
}

const index = (...rows: CurrentRecord[]) => ports.index.put(rows.map(row => toEntry(row, new Map())))

/** Creates a customer and indexes it. */
async function createListed(fields: FieldValues, id: string = randomUUID()): Promise<CurrentRecord> {
  const row = await createCommitted(ports.records, fields, timestampAt(0), id)
  await index(row)
  return row
}

async function updateRow(row: CurrentRecord, fields: FieldValues, at = timestampAt(++calls)): Promise<CurrentRecord> {
  const write = await toWrite(ports.records, { id: row.id, row, fields, at })
  await ports.records.commit([write])
  return write.row
}

const performLookup = (query: LookupQuery, { address = ADDRESS, budget = 1000, request_id = randomUUID() } = {}) =>
  lookup(ports, contextAt(++calls, { actor: 'public', request_id }), query, address, { key: KEY, budget })
const getAnswer = async (query: LookupQuery) => (await performLookup(query)).answer

/** Performs a lookup and returns its only access record. */
async function lookupAndGetAccess(
  query: LookupQuery,
  options: { address?: string; budget?: number } = {},
): Promise<Access> {
  const request_id = randomUUID()
  await performLookup(query, { ...options, request_id }).catch(() => undefined)
  const [access, ...rest] = (await readAccesses(engine.tables(), DAY)).filter(
    access => access.request_id === request_id,
  )
  expect(rest).toEqual([])
  if (!access) throw new Error('the lookup recorded no access')
  return access
}

describe('a customer who was merged into another', () => {
  const maiden = { surname: 'Zeitler', given_name: 'Ottilie', dob: '1950-02-03', document_number: 'ZO 1' }
  const married = { surname: 'Abendroth', given_name: 'Ottilie', dob: '1950-02-03', document_number: 'ZO 2' }

  const createMerged = async () => {
    const [into, from] = [await createListed(married), await createListed(maiden)]
    const merged = await updateRow(from, { state: 'merged', merged_into: into.id })
    await index(merged)
    return { into, merged }
  }

  test('is listed by their own identifying fields while the survivor is listed', async () => {
    const { into } = await createMerged()
    expect(await getAnswer({ surname: 'Zeitler', document_number: 'ZO 1' })).toBe('listed')
    expect(await getAnswer({ surname: 'Zeitler', given_name: 'Ottilie', dob: '1950-02-03' })).toBe('listed')
    await updateRow(into, { state: 'deleted' })
    expect(await getAnswer({ surname: 'Zeitler', document_number: 'ZO 1' })).toBe('not_listed')
  })

  test('is possible by a name similar to the former or the present one', async () => {
    await createMerged()
    for (const surname of ['Abendrot', 'Zeitlr'])
      expect(await performLookup({ surname, given_name: 'Otilie' })).toMatchObject({ answer: 'possible' })
  })
})

test.each<[what: string, leaves: FieldValues]>([
  ['was deleted', { state: 'deleted' }],
  ['has another name', { surname: 'Vanderbilt', given_name: 'Xenia', dob: '1980-08-08' }],
])('a customer who %s is not listed, although the index still shows otherwise', async (_, change) => {
  const row = await createListed({ surname: 'Quellmalz', given_name: 'Benno', dob: '1961-01-01' })
  const query = { surname: 'Quellmals', given_name: 'Benno' }
  expect(await getAnswer(query)).toBe('possible')
  await updateRow(row, change)
  expect(await getAnswer(query)).toBe('not_listed')
})

describe('with the search index down', () => {
  const person = { surname: 'Imhoff', given_name: 'Korbinian', dob: '1971-07-07', document_number: 'IK 9' }

  beforeEach(async () => {
    await createListed(person)
    ports.index = new UnreachableIndex()
  })

  test.each([
    ['document number and surname', { surname: 'Imhoff', document_number: 'IK9' }],
    ['full name and date of birth', { surname: 'IMHOFF', given_name: 'Korbinian', dob: '1971-07-07' }],
  ])('a customer who is listed by %s is found', async (_, query) => {
    expect(await performLookup(query)).toMatchObject({ answer: 'listed', initials: null, receipt: expect.any(String) })
  })

  test.each([
    ['a name similar to a customer', { surname: 'Imhof', given_name: 'Korbinian' }],
    ['an unknown person', { surname: 'Nobody', document_number: 'NONE' }],
  ])('%s is answered only with Retry-After', async (_, query) => {
    await expect(performLookup(query)).rejects.toMatchObject({ kind: 'unavailable', retryAfter: expect.any(Number) })
    expect((await lookupAndGetAccess(query)).outcome).toBe('failed')
  })
})

describe('an access record', () => {
  const person = { surname: 'Żółkiewski', given_name: 'Jan Maria', dob: '1980-04-05', document_number: 'PL-77 1' }

  beforeEach(async () => {
    await createListed({ ...person, document_number: `PL-77 1` })
  })

  test.each([
    ['listed', person],
    ['possible', { surname: 'Zolkievski', given_name: 'Jan Maria' }],
    ['not_listed', { surname: 'Qwrtz', given_name: 'Xy' }],
  ])('is written for %s, with the answer', async (answer, query) => {
    expect(await lookupAndGetAccess(query)).toMatchObject({
      location: 'loc1',
      actor: 'public',
      action: 'lookup',
      outcome: answer,
      at: expect.stringMatching(DAY),
    })
  })

  test('is written for a refusal after the budget is used up', async () => {
    const address = '203.0.113.1'
    await performLookup(person, { address, budget: 1 })
    await expect(performLookup(person, { address, budget: 1 })).rejects.toMatchObject({ kind: 'too-many-requests' })
    expect(await lookupAndGetAccess(person, { address, budget: 1 })).toMatchObject({
      action: 'lookup',
      outcome: 'refused',
    })
  })

  test('holds hashes of the stated fields and of the network, and nothing readable', async () => {
    const access = await lookupAndGetAccess({ ...person, given_name: null })
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
    expect((await lookupAndGetAccess(query)).asked).toEqual((await lookupAndGetAccess(otherQuery)).asked)
  })

  test('has different hashes for different values, and for the same value in different fields', async () => {
    const first = (await lookupAndGetAccess({ surname: 'Anders', given_name: 'Maria' })).asked
    const second = (await lookupAndGetAccess({ surname: 'Maria', given_name: 'Anders' })).asked
    expect(new Set([first.surname, first.given_name, second.surname, second.given_name]).size).toBe(4)
  })

  test.each([
    ['one IPv6 network as equal', '2001:db8:1:2::1', '2001:db8:1:2:ffff:ffff:ffff:ffff', true],
    ['two IPv6 networks as different', '2001:db8:1:2::1', '2001:db8:1:3::1', false],
    ['two IPv4 addresses as different', '198.51.100.7', '198.51.100.8', false],
  ])('shows %s', async (_, address, otherAddress, same) => {
    const [first, other] = [
      await lookupAndGetAccess(person, { address: address }),
      await lookupAndGetAccess(person, { address: otherAddress }),
    ]
    expect(first.asked.network === other.asked.network).toBe(same)
  })

  test('that cannot be written makes the lookup fail', async () => {
    ports.accesses = new DynamoAccessStore(engine.tables({ ...TABLE_NAMES, registry: 'none' }))
    await expect(performLookup(person)).rejects.toThrow()
    await expect(performLookup({ surname: 'Qwrtz', given_name: 'Xy' })).rejects.toThrow()
  })
})

describe('a receipt', () => {
  const verify = (receipt: string, details?: LookupQuery, { address = ADDRESS, budget = 1000 } = {}) =>
    verifyReceipt(
      ports,
      contextAt(++calls, { actor: 'public', request_id: randomUUID() }),
      { receipt, details },
      address,
      { key: KEY, budget },
    )
  const person = { surname: 'Receipt', given_name: 'Rita', dob: '1990-09-09', document_number: 'RR 1' }

  test('shows the location of the answer and the time at which it was known', async () => {
    await createListed(person)
    const { receipt } = await performLookup(person)
    const verification = await verify(receipt)
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
    await index(await updateRow(await createListed(person), { given_name: 'Ritva' }, ahead))
    const verification = await verify((await performLookup({ ...person, given_name: 'Ritva' })).receipt)
    expect(verification).toMatchObject({ answer: 'listed', known_at: ahead })
    expect(String(verification.at) < ahead).toBe(true)
  })

  test('is recorded when it is verified, valid or not', async () => {
    const { receipt } = await performLookup(person)
    const before = new Set((await readAccesses(engine.tables(), DAY)).map(one => one.request_id))
    await verify(receipt)
    await verify(`${receipt}x`)
    const traces = (await readAccesses(engine.tables(), DAY)).filter(one => !before.has(one.request_id))
    expect(traces.map(({ action }) => action)).toEqual(['verifyLookup', 'verifyLookup'])
    expect(traces.map(({ outcome }) => outcome).sort()).toEqual(['listed', 'not_valid'])
    expect(Object.keys(traces[0]?.asked ?? {}).sort()).toEqual(['network', 'receipt'])
    expect(JSON.stringify(traces)).not.toContain(receipt)
  })

  test('is not verified when the verification cannot be recorded', async () => {
    const { receipt } = await performLookup(person)
    ports.accesses = new DynamoAccessStore(engine.tables({ ...TABLE_NAMES, registry: 'none' }))
    await expect(verify(receipt)).rejects.toThrow()
  })

  test.each<[what: string, details: LookupQuery, matches: boolean]>([
    ['the same details', person, true],
    ['a spelling that compares equal', { ...person, surname: 'RECEIPT', document_number: 'rr1' }, true],
    ['null for a field that was not stated', { surname: 'Receipt', dob: null, given_name: 'Rita' }, false],
    ['another date', { ...person, dob: '1990-09-10' }, false],
    ['fewer details', { surname: person.surname, given_name: person.given_name }, false],
  ])('is compared with %s', async (_, details, matches) => {
    const { receipt } = await performLookup(person)
    expect(await verify(receipt, details)).toMatchObject({ valid: true, matches })
  })

  test('that was altered is not valid and matches nothing', async () => {
    const { receipt } = await performLookup(person)
    expect(await verify(`${receipt}x`, person)).toMatchObject({ valid: false, matches: null })
  })

  test('can be verified as often as the budget of an address allows', async () => {
    const { receipt } = await performLookup(person)
    const address = '203.0.113.9'
    await verify(receipt, undefined, { address, budget: 1 })
    await expect(verify(receipt, undefined, { address, budget: 1 })).rejects.toMatchObject({
      kind: 'too-many-requests',
      retryAfter: expect.any(Number),
    })
    // Lookups have a separate budget.
    await performLookup(person, { address, budget: 1 })
  })
})

describe('an answer that partly right guesses do not improve', () => {
  let surname: string
  const given_name = 'Feodora'
  const dob = '1964-11-23'
  const unlisted = { surname: 'Qwrtzpsdf', given_name: 'Xyqq' }

  beforeEach(async () => {
    surname = `Guesswitz${String.fromCharCode(97 + (calls % 26))}${String.fromCharCode(97 + ((calls * 7) % 26))}`
    await createListed({ surname, given_name, dob, document_number: `GW ${++calls}` })
  })

  /** Returns the answer without its receipt, which depends on the query. */
  const visible = async (query: LookupQuery) => {
    const { receipt: _, ...rest } = await performLookup(query)
    return rest
  }

  test('is the same for a listed name with no date, a partial date or a wrong date', async () => {
    const expected = await visible({ surname, given_name })
    expect(expected).toMatchObject({ answer: 'possible', initials: 'F. G.' })
    for (const guess of ['1964', '1964-11', '1963', '1964-11-22', '1965-11-23', '1900-01-01'])
      expect(await visible({ surname, given_name, dob: guess })).toEqual(expected)
    expect(await visible({ surname, given_name, dob })).toMatchObject({ answer: 'listed' })
  })

  test('is not possible for an unknown document number or a date without the name', async () => {
    for (const guess of ['1964', dob])
      expect((await visible({ document_number: 'ZZ99', dob: guess })).answer).toBe('not_listed')
    expect((await visible({ ...unlisted, dob })).answer).toBe('not_listed')
    expect(await visible({ surname, given_name, document_number: 'ZZ99' })).toEqual(
      await visible({ surname, given_name }),
    )
  })

  test('is possible for a whole document number, and listed together with the full date', async () => {
    const document_number = `GW ${calls}`
    expect((await visible({ document_number, given_name: 'Nobody' })).answer).toBe('possible')
    expect((await visible({ document_number, dob: '1964' })).answer).toBe('possible')
    expect((await visible({ document_number, dob: '1964-11-24' })).answer).toBe('possible')
    expect((await visible({ document_number, dob })).answer).toBe('listed')
  })

  test('contains only initials of the query', async () => {
    expect(await visible({ surname, given_name: 'Theodora' })).toMatchObject({ initials: 'T. G.' })
  })

  test('is listed for the same name in another script', async () => {
    await createListed({ surname: 'Иванова', given_name: 'Екатерина', dob: '1971-02-03' })
    const query = { surname: 'Ivanova', given_name: 'Ekaterina', dob: '1971-02-03' }
    expect((await visible(query)).answer).toBe('listed')
  })

  test('ignores dates of birth for the rest of the day after a few wrong ones for one name, from any address', async () => {
    const expected = await visible({ surname, given_name })
    for (let day = 1; day <= 12; day++) {
      const guess = `1950-01-${String(day).padStart(2, '0')}`
      expect((await performLookup({ surname, given_name, dob: guess }, { address: `203.0.113.${day}` })).answer).toBe(
        'possible',
      )
    }
    expect(await visible({ surname, given_name, dob })).toEqual(expected)
    // Another spelling counts as the same name; another name has a separate budget.
    expect(await visible({ surname: given_name.toUpperCase(), given_name: surname, dob })).toMatchObject({
      answer: 'possible',
    })
    await createListed({ surname: `${surname}er`, given_name, dob })
    expect((await visible({ surname: `${surname}er`, given_name, dob })).answer).toBe('listed')
  })

  test('is still given for a date that was counted before the budget was used up', async () => {
    expect((await visible({ surname, given_name, dob })).answer).toBe('listed')
    for (let day = 1; day <= 12; day++)
      await visible({ surname, given_name, dob: `1950-01-${String(day).padStart(2, '0')}` })
    expect((await visible({ surname, given_name, dob })).answer).toBe('listed')
  })

  test('is no longer listed for the rest of the day after a few wrong document numbers for one surname', async () => {
    const document_number = `GW ${calls}`
    for (let n = 0; n < 12; n++) await visible({ surname, given_name: `Other${n}`, document_number: `NO ${n}` })
    expect((await visible({ surname, document_number })).answer).toBe('possible')
  })

  test('takes as many reads and writes for a hit as for a miss', async () => {
    const costs: unknown[] = []
    for (const query of [
      { surname, given_name, dob },
      { surname, given_name, dob: '1950-01-01' },
      { ...unlisted, dob },
    ]) {
      const tables = engine.tables()
      ports.records = new DynamoRecordStore(tables)
      ports.lists = new DynamoListStore(tables)
      ports.budgets = new DynamoRateLimiter(tables)
      ports.accesses = new DynamoAccessStore(tables)
      await performLookup(query)
      costs.push(tables.meter.round_trips)
    }
    expect(new Set(costs).size).toBe(1)
  })
})

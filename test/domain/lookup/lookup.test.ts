import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { DynamoAccessStore } from '#adapters/dynamodb/access-store.ts'
import { DynamoListStore } from '#adapters/dynamodb/list-store.ts'
import { DynamoRateLimiter } from '#adapters/dynamodb/rate-limiter.ts'
import { DynamoRecordStore } from '#adapters/dynamodb/record-store.ts'
import { MemoryIndex } from '#adapters/memory-search/memory-index.ts'
import type { LookupQuery } from '#contract/schemas/query.ts'
import type { Access } from '#domain/audit/access.ts'
import { Unavailable } from '#domain/errors.ts'
import { lookup } from '#domain/lookup/lookup.ts'
import { verifyReceipt } from '#domain/lookup/receipt.ts'
import type { CurrentRecord } from '#domain/records/current.ts'
import type { FieldValues } from '#domain/records/prepare-write.ts'
import { toEntry } from '#domain/search/entry.ts'
import type { Ports } from '#functions/runtime/ports.ts'
import { toAccesses } from '../../adapters/dynamodb/accesses.ts'
import { startEngine, TABLE_NAMES, type TestEngine } from '../../adapters/dynamodb/engine.ts'
import { created, second, toWrite } from '../../adapters/dynamodb/histories.ts'
import { callAt, timeAt } from '../../in-memory/call.ts'

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

/** The index as it is when its engine does not answer. */
class Down extends MemoryIndex {
  override async candidates(): Promise<never> {
    throw new Unavailable('The search index does not answer')
  }
  override async tokens(): Promise<never> {
    throw new Unavailable('The search index does not answer')
  }
}

const show = (...rows: CurrentRecord[]) => ports.index.put(rows.map(row => toEntry(row, new Map())))

/** Puts a customer on the list and into the index. */
async function listed(fields: FieldValues, id: string = randomUUID()): Promise<CurrentRecord> {
  const row = await created(ports.records, fields, second(0), id)
  await show(row)
  return row
}

async function changed(row: CurrentRecord, fields: FieldValues, at = second(++calls)): Promise<CurrentRecord> {
  const write = await toWrite(ports.records, { id: row.id, row, fields, at })
  await ports.records.commit([write])
  return write.row
}

const ask = (query: LookupQuery, { address = ADDRESS, budget = 1000, request_id = randomUUID() } = {}) =>
  lookup(ports, callAt(++calls, { actor: 'public', request_id }), query, address, { key: KEY, budget })
const answerTo = async (query: LookupQuery) => (await ask(query)).answer

/** What was written down of one request. */
async function toTrace(query: LookupQuery, more: { address?: string; budget?: number } = {}): Promise<Access> {
  const request_id = randomUUID()
  await ask(query, { ...more, request_id }).catch(() => undefined)
  const [trace, ...rest] = (await toAccesses(engine.tables(), DAY)).filter(one => one.request_id === request_id)
  expect(rest).toEqual([])
  if (!trace) throw new Error('nothing was written down')
  return trace
}

describe('a customer who was merged into another', () => {
  const maiden = { surname: 'Zeitler', given_name: 'Ottilie', dob: '1950-02-03', document_number: 'ZO 1' }
  const married = { surname: 'Abendroth', given_name: 'Ottilie', dob: '1950-02-03', document_number: 'ZO 2' }

  const mergeOf = async () => {
    const [into, from] = [await listed(married), await listed(maiden)]
    const merged = await changed(from, { state: 'merged', merged_into: into.id })
    await show(merged)
    return { into, merged }
  }

  test('is listed by what identified them, as long as the other is', async () => {
    const { into } = await mergeOf()
    expect(await answerTo({ surname: 'Zeitler', document_number: 'ZO 1' })).toBe('listed')
    expect(await answerTo({ surname: 'Zeitler', given_name: 'Ottilie', dob: '1950-02-03' })).toBe('listed')
    await changed(into, { state: 'deleted' })
    expect(await answerTo({ surname: 'Zeitler', document_number: 'ZO 1' })).toBe('not_listed')
  })

  test('is found by a similar name, former or present', async () => {
    await mergeOf()
    for (const surname of ['Abendrot', 'Zeitlr'])
      expect(await ask({ surname, given_name: 'Otilie' })).toMatchObject({ answer: 'possible' })
  })
})

test.each<[what: string, leaves: FieldValues]>([
  ['was deleted', { state: 'deleted' }],
  ['has another name now', { surname: 'Vanderbilt', given_name: 'Xenia', dob: '1980-08-08' }],
])('what the index still says of one who %s is not told', async (_, leaves) => {
  const row = await listed({ surname: 'Quellmalz', given_name: 'Benno', dob: '1961-01-01' })
  const query = { surname: 'Quellmals', given_name: 'Benno' }
  expect(await answerTo(query)).toBe('possible')
  await changed(row, leaves)
  expect(await answerTo(query)).toBe('not_listed')
})

describe('with the search index down', () => {
  const person = { surname: 'Imhoff', given_name: 'Korbinian', dob: '1971-07-07', document_number: 'IK 9' }

  beforeEach(async () => {
    await listed(person)
    ports.index = new Down()
  })

  test.each([
    ['document number and surname', { surname: 'Imhoff', document_number: 'IK9' }],
    ['full name and day of birth', { surname: 'IMHOFF', given_name: 'Korbinian', dob: '1971-07-07' }],
  ])('who is listed by %s is told so', async (_, query) => {
    expect(await ask(query)).toMatchObject({ answer: 'listed', initials: null, receipt: expect.any(String) })
  })

  test.each([
    ['one who resembles a customer', { surname: 'Imhof', given_name: 'Korbinian' }],
    ['somebody else', { surname: 'Nobody', document_number: 'NONE' }],
  ])('of %s nothing is said but when to try again', async (_, query) => {
    await expect(ask(query)).rejects.toMatchObject({ kind: 'unavailable', retryAfter: expect.any(Number) })
    expect((await toTrace(query)).outcome).toBe('failed')
  })
})

describe('every lookup is written down', () => {
  const person = { surname: 'Żółkiewski', given_name: 'Jan Maria', dob: '1980-04-05', document_number: 'PL-77 1' }

  beforeEach(async () => {
    await listed({ ...person, document_number: `PL-77 1` })
  })

  test.each([
    ['listed', person],
    ['possible', { surname: 'Zolkievski', given_name: 'Jan Maria' }],
    ['not_listed', { surname: 'Qwrtz', given_name: 'Xy' }],
  ])('that was answered by %s, with the answer', async (answer, query) => {
    expect(await toTrace(query)).toMatchObject({
      location: 'loc1',
      actor: 'public',
      action: 'lookup',
      outcome: answer,
      at: expect.stringMatching(DAY),
    })
  })

  test('that was refused, once the budget is used up', async () => {
    const address = '203.0.113.1'
    await ask(person, { address, budget: 1 })
    await expect(ask(person, { address, budget: 1 })).rejects.toMatchObject({ kind: 'too-many-requests' })
    expect(await toTrace(person, { address, budget: 1 })).toMatchObject({ action: 'lookup', outcome: 'refused' })
  })

  test('with hashes of the fields that were asked and of the network, and nothing that can be read', async () => {
    const trace = await toTrace({ ...person, given_name: null })
    expect(Object.keys(trace.asked).sort()).toEqual(['dob', 'document_number', 'network', 'surname'])
    for (const hash of Object.values(trace.asked)) expect(hash).toMatch(/^[\w-]{22}$/)
    // Two digits may stand in any id or hash by chance.
    const text = JSON.stringify({ ...trace, request_id: '', asked: Object.keys(trace.asked) }).toLowerCase()
    for (const secret of ['lkiewski', 'jan', '1980', '04-05', '77', ADDRESS]) expect(text).not.toContain(secret)
  })

  test.each<[how: string, one: LookupQuery, other: LookupQuery]>([
    ['a name in another spelling', person, { ...person, surname: 'ZOLKIEWSKI', given_name: ' jan  maria' }],
    ['a number with other separators', person, { ...person, document_number: 'pl771' }],
  ])('with the same hashes for %s', async (_, one, other) => {
    expect((await toTrace(one)).asked).toEqual((await toTrace(other)).asked)
  })

  test('with other hashes for another value, and for the same one in another field', async () => {
    const one = (await toTrace({ surname: 'Anders', given_name: 'Maria' })).asked
    const other = (await toTrace({ surname: 'Maria', given_name: 'Anders' })).asked
    expect(new Set([one.surname, one.given_name, other.surname, other.given_name]).size).toBe(4)
  })

  test.each([
    ['one network of IPv6 as one', '2001:db8:1:2::1', '2001:db8:1:2:ffff:ffff:ffff:ffff', true],
    ['two networks of IPv6 as two', '2001:db8:1:2::1', '2001:db8:1:3::1', false],
    ['two addresses of IPv4 as two', '198.51.100.7', '198.51.100.8', false],
  ])('takes %s', async (_, one, other, same) => {
    const [first, second_] = [await toTrace(person, { address: one }), await toTrace(person, { address: other })]
    expect(first.asked.network === second_.asked.network).toBe(same)
  })

  test('or not answered', async () => {
    ports.accesses = new DynamoAccessStore(engine.tables({ ...TABLE_NAMES, registry: 'none' }))
    await expect(ask(person)).rejects.toThrow()
    await expect(ask({ surname: 'Qwrtz', given_name: 'Xy' })).rejects.toThrow()
  })
})

describe('a receipt', () => {
  const verify = (receipt: string, details?: LookupQuery, { address = ADDRESS, budget = 1000 } = {}) =>
    verifyReceipt(
      ports,
      callAt(++calls, { actor: 'public', request_id: randomUUID() }),
      { receipt, details },
      address,
      { key: KEY, budget },
    )
  const person = { surname: 'Receipt', given_name: 'Rita', dob: '1990-09-09', document_number: 'RR 1' }

  test('says from which list the answer is: as it was known when it was asked', async () => {
    await listed(person)
    const { receipt } = await ask(person)
    const told = await verify(receipt)
    expect(told).toEqual({
      valid: true,
      matches: null,
      answer: 'listed',
      at: expect.any(String),
      location: 'loc1',
      known_at: told.at,
    })
  })

  test('says so too where a customer was changed by a clock that is ahead', async () => {
    const ahead = timeAt(5000)
    await show(await changed(await listed(person), { given_name: 'Ritva' }, ahead))
    const told = await verify((await ask({ ...person, given_name: 'Ritva' })).receipt)
    expect(told).toMatchObject({ answer: 'listed', known_at: ahead })
    expect(String(told.at) < ahead).toBe(true)
  })

  test('that is checked is written down, whether it is one or not', async () => {
    const { receipt } = await ask(person)
    const before = new Set((await toAccesses(engine.tables(), DAY)).map(one => one.request_id))
    await verify(receipt)
    await verify(`${receipt}x`)
    const traces = (await toAccesses(engine.tables(), DAY)).filter(one => !before.has(one.request_id))
    expect(traces.map(({ action }) => action)).toEqual(['verifyLookup', 'verifyLookup'])
    expect(traces.map(({ outcome }) => outcome).sort()).toEqual(['listed', 'not_valid'])
    expect(Object.keys(traces[0]?.asked ?? {}).sort()).toEqual(['network', 'receipt'])
    expect(JSON.stringify(traces)).not.toContain(receipt)
  })

  test('that cannot be written down is not told', async () => {
    const { receipt } = await ask(person)
    ports.accesses = new DynamoAccessStore(engine.tables({ ...TABLE_NAMES, registry: 'none' }))
    await expect(verify(receipt)).rejects.toThrow()
  })

  test.each<[what: string, details: LookupQuery, matches: boolean]>([
    ['the same details', person, true],
    ['another spelling that compares equal', { ...person, surname: 'RECEIPT', document_number: 'rr1' }, true],
    ['null for a field that was not stated', { surname: 'Receipt', dob: null, given_name: 'Rita' }, false],
    ['another date', { ...person, dob: '1990-09-10' }, false],
    ['fewer details', { surname: person.surname, given_name: person.given_name }, false],
  ])('is checked against %s', async (_, details, matches) => {
    const { receipt } = await ask(person)
    expect(await verify(receipt, details)).toMatchObject({ valid: true, matches })
  })

  test('that was altered matches nothing', async () => {
    const { receipt } = await ask(person)
    expect(await verify(`${receipt}x`, person)).toMatchObject({ valid: false, matches: null })
  })

  test('can be verified as often as the budget of an address allows', async () => {
    const { receipt } = await ask(person)
    const address = '203.0.113.9'
    await verify(receipt, undefined, { address, budget: 1 })
    await expect(verify(receipt, undefined, { address, budget: 1 })).rejects.toMatchObject({
      kind: 'too-many-requests',
      retryAfter: expect.any(Number),
    })
    // Lookups have a budget of their own.
    await ask(person, { address, budget: 1 })
  })
})

describe('an answer does not follow a guess', () => {
  let surname: string
  const given_name = 'Feodora'
  const dob = '1964-11-23'
  const unlisted = { surname: 'Qwrtzpsdf', given_name: 'Xyqq' }

  beforeEach(async () => {
    surname = `Guesswitz${String.fromCharCode(97 + (calls % 26))}${String.fromCharCode(97 + ((calls * 7) % 26))}`
    await listed({ surname, given_name, dob, document_number: `GW ${++calls}` })
  })

  /** The answer without its receipt, which depends on what was asked. */
  const visible = async (query: LookupQuery) => {
    const { receipt: _, ...rest } = await ask(query)
    return rest
  }

  test('for a listed name: no date, a partial date and a wrong date give the same answer', async () => {
    const expected = await visible({ surname, given_name })
    expect(expected).toMatchObject({ answer: 'possible', initials: 'F. G.' })
    for (const guess of ['1964', '1964-11', '1963', '1964-11-22', '1965-11-23', '1900-01-01'])
      expect(await visible({ surname, given_name, dob: guess })).toEqual(expected)
    expect(await visible({ surname, given_name, dob })).toMatchObject({ answer: 'listed' })
  })

  test('a document number of nobody, or a date alone, makes nothing possible', async () => {
    for (const guess of ['1964', dob])
      expect((await visible({ document_number: 'ZZ99', dob: guess })).answer).toBe('not_listed')
    expect((await visible({ ...unlisted, dob })).answer).toBe('not_listed')
    expect(await visible({ surname, given_name, document_number: 'ZZ99' })).toEqual(
      await visible({ surname, given_name }),
    )
  })

  test('a whole document number is possible by itself, and listed with the full date', async () => {
    const document_number = `GW ${calls}`
    expect((await visible({ document_number, given_name: 'Nobody' })).answer).toBe('possible')
    expect((await visible({ document_number, dob: '1964' })).answer).toBe('possible')
    expect((await visible({ document_number, dob: '1964-11-24' })).answer).toBe('possible')
    expect((await visible({ document_number, dob })).answer).toBe('listed')
  })

  test('the answer names nobody but the caller: initials are those of the question', async () => {
    expect(await visible({ surname, given_name: 'Theodora' })).toMatchObject({ initials: 'T. G.' })
  })

  test('a name in another script than the record agrees after normalisation', async () => {
    await listed({ surname: 'Иванова', given_name: 'Екатерина', dob: '1971-02-03' })
    const query = { surname: 'Ivanova', given_name: 'Ekaterina', dob: '1971-02-03' }
    expect((await visible(query)).answer).toBe('listed')
  })

  test('after a few dates for one name, dates no longer count that day, whoever asks', async () => {
    const expected = await visible({ surname, given_name })
    for (let day = 1; day <= 12; day++) {
      const guess = `1950-01-${String(day).padStart(2, '0')}`
      expect((await ask({ surname, given_name, dob: guess }, { address: `203.0.113.${day}` })).answer).toBe('possible')
    }
    expect(await visible({ surname, given_name, dob })).toEqual(expected)
    // Another spelling is the same name; another name has a budget of its own.
    expect(await visible({ surname: given_name.toUpperCase(), given_name: surname, dob })).toMatchObject({
      answer: 'possible',
    })
    await listed({ surname: `${surname}er`, given_name, dob })
    expect((await visible({ surname: `${surname}er`, given_name, dob })).answer).toBe('listed')
  })

  test('a date that was counted before is still answered when the budget is used up', async () => {
    expect((await visible({ surname, given_name, dob })).answer).toBe('listed')
    for (let day = 1; day <= 12; day++)
      await visible({ surname, given_name, dob: `1950-01-${String(day).padStart(2, '0')}` })
    expect((await visible({ surname, given_name, dob })).answer).toBe('listed')
  })

  test('after a few document numbers for one surname, numbers no longer make anybody listed that day', async () => {
    const document_number = `GW ${calls}`
    for (let n = 0; n < 12; n++) await visible({ surname, given_name: `Other${n}`, document_number: `NO ${n}` })
    expect((await visible({ surname, document_number })).answer).toBe('possible')
  })

  test('reads and writes as much for a hit as for a miss', async () => {
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
      await ask(query)
      costs.push(tables.meter.round_trips)
    }
    expect(new Set(costs).size).toBe(1)
  })
})

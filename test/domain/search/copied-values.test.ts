/** Dates a day off, and numbers with letters of another alphabet: through creating, searching, matching and the public lookup's exact look-up. */
import { beforeAll, describe, expect, test } from '@jest/globals'
import { MemoryIndex } from '#adapters/memory-search/memory-index.ts'
import { createCustomer } from '#domain/customers/create.ts'
import { compareExactly } from '#domain/lookup/listed.ts'
import { toEntry } from '#domain/search/entry.ts'
import { matchAll } from '#domain/search/match.ts'
import { search } from '#domain/search/search.ts'
import { contextAt } from '#test/in-memory/context.ts'
import { MemoryListStore } from '#test/in-memory/list-store.ts'
import { MemoryRecordStore } from '#test/in-memory/record-store.ts'
import { example } from '../matching/people.ts'

const CUSTOMERS = [
  { surname: 'Okafor', given_name: 'Chinedu', dob: '1989-12-31', document_number: 'AB 123456' },
  { surname: 'Lindqvist', given_name: 'Marta', dob: '1990-02-28', document_number: 'МР 998877' },
  { surname: 'Whitfield', given_name: 'Tom', dob: '1985-05-09', document_number: 'ΑΗ-554433' },
  { surname: 'Duarte', given_name: 'Inês', dob: '1990-10-01', document_number: 'XK77001' },
  { surname: 'Messer', given_name: 'Karl', dob: '1985-09-30', document_number: 'TEC 40 77' },
]

/** Surnames, and the date of birth as somebody else noted it. */
const DAYS: [surname: string, dob: string][] = [
  ['Okafor', '1990-01-01'],
  ['Lindqvist', '1990-03-01'],
  ['Whitfield', '1985-05-10'],
  ['Duarte', '1990-09-30'],
  ['Messer', '1985-10-01'],
]

/** Surnames, and the document number in letters of another alphabet. */
const NUMBERS: [surname: string, number: string][] = [
  ['Okafor', 'ΑΒ 123456'],
  ['Okafor', 'АВ123456'],
  ['Lindqvist', 'MP998877'],
  ['Lindqvist', 'mp 998877'],
  ['Whitfield', 'AH 554433'],
  ['Duarte', 'ХК77001'],
  ['Messer', 'ТЕС-4077'],
]

describe('a value that was noted or copied otherwise', () => {
  const records = new MemoryRecordStore()
  const index = new MemoryIndex()
  const ports = { records, index, fields: new Map(), lists: new MemoryListStore(records) }
  const surnames = new Map<string, string>()

  beforeAll(async () => {
    for (const [n, customer] of CUSTOMERS.entries()) {
      const { row } = await createCustomer(records, contextAt(n), new Map(), customer, undefined)
      surnames.set(row.id, customer.surname)
      await index.put([toEntry(row, new Map())])
    }
  })

  const match = async (query: object) => {
    const body = { queries: [query], explain: true, exclude: [] }
    const { results } = await matchAll(ports, body, 10, async () => {})
    return results.flatMap(({ items }) => items)
  }

  test.each(DAYS)('%s is found by a date of birth a day off (%s), which does not contradict', async (surname, dob) => {
    const given_name = CUSTOMERS.find(customer => customer.surname === surname)?.given_name
    const [first] = await match({ surname, given_name, dob })
    expect(first?.customer.surname).toBe(surname)
    const reason = first?.reasons.find(({ field }) => field === 'dob')
    expect([reason?.comparison, reason?.weight]).toEqual(['a day or two apart', 2])
    const { items } = await search(ports, { q: `${surname} ${dob}`, mode: 'fuzzy', state: 'active' }, 10, null)
    expect(items[0]?.customer.surname).toBe(surname)
  })

  test.each(NUMBERS)('%s is found by the number %s', async (surname, document_number) => {
    const [first] = await match({ document_number })
    expect([first?.customer.surname, first?.reasons[0]?.comparison]).toEqual([surname, 'exact'])
    const { items } = await search(ports, { q: document_number, mode: 'fuzzy', state: 'active' }, 10, null)
    expect(items[0]?.customer.surname).toBe(surname)
    const filtered = { document_number, mode: 'fuzzy', state: 'active' } as const
    expect((await search(ports, filtered, 10, null)).items[0]?.customer.surname).toBe(surname)
  })

  test.each(NUMBERS)('%s is listed for surname and the number %s', async (surname, document_number) => {
    const allowed = { nameAndDate: true, numberAndSurname: true, numberAndDate: true }
    const { listed } = await compareExactly(ports, example({ surname, document_number }), allowed)
    expect(listed.map(({ id }) => surnames.get(id))).toEqual([surname])
  })
})

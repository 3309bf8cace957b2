/** Names of one letter, numbers as they are printed, names with digits and beginnings, as tests of a search engine. */
import { beforeAll, describe, expect, test } from '@jest/globals'
import { createCustomer } from '#domain/customers/create.ts'
import { toEntry } from '#domain/search/entry.ts'
import { matchAll } from '#domain/search/match.ts'
import type { CandidateIndex } from '#domain/search/port.ts'
import { search } from '#domain/search/search.ts'
import { contextAt } from '#test/in-memory/context.ts'
import { MemoryListStore } from '#test/in-memory/list-store.ts'
import { MemoryRecordStore } from '#test/in-memory/record-store.ts'

// cspell:disable
/** `given name|surname|document number`; without a given name, an institution. */
const CUSTOMERS = [
  'Cedric|O|',
  '순신|이|',
  '세훈|오|',
  'Ana|É|',
  '晨|丘|',
  'Jo|Ravensworth|DE 4471-203',
  'Mei|Lindgren|45 08 117204',
  'Ann|Docker|AB 123-456',
  'Eva|Berg|12 AB 345',
  'Hugo|Fenner|E-1234.567/8',
  'Tom|Ware|X0O11I',
  '|11420 Corp.|',
  '|0749319 B.C. Ltd.|',
  '|1234567 Ontario Inc.|',
  '|9187-4421 Québec inc.|',
  '|3M Company|',
  'Nikos|Papadimitriou|',
  'John|Smithers|',
  'Rina|Begum|',
  'Tariq|Chowdhury|',
  'Ioana|Constantinescu|',
]

const BY_SURNAME: [customer: string, surname: string][] = [
  ['Cedric|O|', 'O'],
  ['Cedric|O|', 'o'],
  ['순신|이|', '이'],
  ['순신|이|', 'Lee'],
  ['세훈|오|', '오'],
  ['세훈|오|', 'Oh'],
  ['Ana|É|', 'É'],
  ['晨|丘|', '丘'],
]

const BY_TEXT: [customer: string, q: string][] = [
  ['Jo|Ravensworth|DE 4471-203', 'DE 4471-203'],
  ['Jo|Ravensworth|DE 4471-203', 'DE4471203'],
  ['Mei|Lindgren|45 08 117204', '45 08 117204'],
  ['Ann|Docker|AB 123-456', 'AB 123-456'],
  ['Ann|Docker|AB 123-456', 'Docker AB 123-456'],
  ['Ann|Docker|AB 123-456', 'AB 123-456 Docker'],
  ['Eva|Berg|12 AB 345', 'Berg 12 AB 345'],
  ['Hugo|Fenner|E-1234.567/8', 'E 1234 567 8'],
  ['Tom|Ware|X0O11I', 'X0O11I'],
  ['Tom|Ware|X0O11I', 'X00111'],
  ['|11420 Corp.|', '11420 Corp.'],
  ['|11420 Corp.|', '11420'],
  ['|0749319 B.C. Ltd.|', '749319 BC Ltd'],
  ['|0749319 B.C. Ltd.|', '0749319 BC'],
  ['|1234567 Ontario Inc.|', '1234567 Ontario'],
  ['|9187-4421 Québec inc.|', '91874421 Quebec Inc'],
  ['|3M Company|', '3M'],
  ['Nikos|Papadimitriou|', 'Papadimitr'],
  ['John|Smithers|', 'Smithe'],
  ['John|Smithers|', 'John Smi'],
  ['Rina|Begum|', 'Begu'],
  ['Rina|Begum|', 'Begum'],
  ['Tariq|Chowdhury|', 'Chowd'],
  ['Ioana|Constantinescu|', 'Ioana Constantin'],
]
// cspell:enable

/** Runs the tests against an engine. `createIndex` returns an empty index. */
export function namesAndNumbersAsTheyStand(engine: string, createIndex: () => Promise<CandidateIndex>): void {
  describe(`a customer is found by a name or number as it stands with ${engine}`, () => {
    const records = new MemoryRecordStore()
    let index: CandidateIndex
    const names = new Map<string, string>()

    beforeAll(async () => {
      index = await createIndex()
      for (const [n, customer] of CUSTOMERS.entries()) {
        const [given_name, surname, document_number] = customer.split('|').map(value => value || null)
        const type = given_name === null ? 'INSTITUTION' : 'PERSON'
        const fields = { type, given_name, surname, document_number }
        const { row } = await createCustomer(records, contextAt(n), new Map(), fields, undefined)
        names.set(row.id, customer)
        await index.put([toEntry(row, new Map())], { visible: true })
      }
    })

    const toPorts = () => ({ records, index, fields: new Map(), lists: new MemoryListStore(records) })
    const find = async (request: object) => {
      const answer = await search(toPorts(), { mode: 'fuzzy', state: 'active', ...request }, 10, null)
      return answer.below_threshold ? [] : answer.items.map(({ customer }) => names.get(customer.id))
    }

    test.each(BY_SURNAME)('%s by the surname %s', async (customer, surname) => {
      expect((await find({ q: surname }))[0]).toBe(customer)
      expect((await find({ surname }))[0]).toBe(customer)
      const { results } = await matchAll(
        toPorts(),
        { queries: [{ surname }], explain: false, exclude: [] },
        10,
        async () => {},
      )
      expect(results[0]?.items.map(hit => names.get(hit.customer.id))).toContain(customer)
    })

    test.each(BY_TEXT)('%s by %s', async (customer, q) => {
      expect((await find({ q }))[0]).toBe(customer)
    })
  })
}

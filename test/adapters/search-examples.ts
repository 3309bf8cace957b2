/** The typed examples of docs/inputs.md, as tests of a search engine. */
import { beforeAll, describe, expect, test } from '@jest/globals'
import { createCustomer } from '#domain/customers/create.ts'
import { toEntry } from '#domain/search/entry.ts'
import type { CandidateIndex } from '#domain/search/port.ts'
import { search } from '#domain/search/search.ts'
import { readTable } from '#test/docs/tables.ts'
import { contextAt } from '#test/in-memory/context.ts'
import { MemoryListStore } from '#test/in-memory/list-store.ts'
import { MemoryRecordStore } from '#test/in-memory/record-store.ts'

const orNull = (cell: string | undefined) => cell || null

/** Runs the examples against an engine. `createIndex` returns an empty index. */
export function searchExamples(engine: string, createIndex: () => Promise<CandidateIndex>): void {
  describe(`the examples of docs/inputs.md with ${engine}`, () => {
    const records = new MemoryRecordStore()
    const names = new Map<string, string>()
    const fields = new Map()
    let index: CandidateIndex

    beforeAll(async () => {
      index = await createIndex()
      const rows = []
      for (const [n, [name = '', type = '', given_name, surname, dob, document_number]] of readTable(
        'customer',
      ).entries()) {
        const customer = {
          type,
          given_name: orNull(given_name),
          surname: orNull(surname),
          dob: orNull(dob),
          document_number: orNull(document_number),
        }
        const { row } = await createCustomer(records, contextAt(n), fields, customer, undefined)
        names.set(row.id, name)
        rows.push(row)
      }
      await index.put(
        rows.map(row => toEntry(row, fields)),
        { visible: true },
      )
    })

    test.each(readTable('typed'))('%s finds %s %s', async (q, expected, grade) => {
      const ports = { records, index, fields, lists: new MemoryListStore(records) }
      const {
        items: [first],
        below_threshold,
      } = await search(ports, { q, mode: 'fuzzy', state: 'active' }, 10, null)
      const name = names.get(first?.customer.id ?? '') ?? 'nobody'
      expect([name, below_threshold ? 'below the threshold' : (first?.grade ?? '')]).toEqual([expected, grade])
    })
  })
}

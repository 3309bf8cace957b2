import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { MemoryIndex } from '#adapters/memory-search/memory-index.ts'
import { type Customer, listQuery } from '#contract/schemas/customer.ts'
import { field } from '#contract/schemas/field.ts'
import { createCustomer } from '#domain/customers/create.ts'
import { deleteCustomer, patchCustomer, restoreCustomer } from '#domain/customers/edit.ts'
import { toDetails } from '#domain/customers/view.ts'
import { type ListPlace, listCustomers } from '#domain/search/list-customers.ts'
import { contextAt, timeAt } from '#test/in-memory/context.ts'
import { MemoryListStore } from '#test/in-memory/list-store.ts'
import { MemoryRecordStore } from '#test/in-memory/record-store.ts'
import { referenceStateAt } from '../records/reference-model.ts'

const HOUR = 3600
const ALWAYS = { ifMatch: undefined, idempotencyKey: undefined }
const CITY = field.parse({ name: 'city', label: 'City', type: 'text', searchable: true, state: 'authorised' })
const FIELDS = new Map([[CITY.name, CITY]])

const edit = fc.record({
  who: fc.nat(7),
  wait: fc.constantFrom(0, 1, 5, 20),
  back: fc.option(fc.nat(80), { nil: undefined }),
  what: fc.constantFrom('say' as const, 'say' as const, 'delete' as const, 'restore' as const),
  type: fc.constantFrom('PERSON' as const, 'INSTITUTION' as const),
  city: fc.constantFrom('Gent', 'Lund'),
})
type Edit = Omit<typeof edit extends fc.Arbitrary<infer T> ? T : never, 'who'> & { who: number }

/** A list of customers, and the hour of the last edit. */
class ListFixture {
  readonly records = new MemoryRecordStore()
  readonly lists = new MemoryListStore(this.records)
  readonly index = new MemoryIndex()
  readonly ids = new Map<number, string>()
  hour = 0

  async apply({ who, wait, back, what: action, type, city }: Edit): Promise<void> {
    this.hour += wait
    const context = contextAt(this.hour * HOUR)
    const valid_from = back === undefined ? undefined : timeAt((this.hour - back) * HOUR)
    const body = { surname: `Lee ${who}`, type, details: { city }, valid_from }
    const id = this.ids.get(who)
    if (id === undefined) {
      const { customer } = await createCustomer(this.records, context, FIELDS, body, undefined)
      this.ids.set(who, customer.id)
      return
    }
    const isDeleted = (await this.records.current('customer', id, true))?.snapshot.state === 'deleted'
    if (action === 'delete') await deleteCustomer(this.records, context, id, ALWAYS)
    else if (action === 'restore' || isDeleted) await restoreCustomer(this.records, context, id, ALWAYS)
    else await patchCustomer(this.records, context, FIELDS, id, body, ALWAYS)
  }

  page(query: Record<string, string>, place: ListPlace | undefined) {
    return listCustomers(
      this,
      FIELDS,
      listQuery.parse(query),
      place,
      timeAt((this.hour + 1) * HOUR),
      customer => customer,
    )
  }

  /** Reads every page, and calls `between` before each further one. */
  async pages(query: Record<string, string>, between: (page: number) => Promise<void>): Promise<Customer[][]> {
    const pages: Customer[][] = []
    for (let place: ListPlace | undefined; ; ) {
      const { items, next }: Awaited<ReturnType<typeof listCustomers>> = await this.page(query, place)
      pages.push(items)
      if (next === null) return pages
      place = next
      await between(pages.length)
    }
  }
}

const query = fc.record(
  {
    as_of: fc.integer({ min: -90, max: 200 }).map(hour => timeAt(hour * HOUR)),
    type: fc.constantFrom('PERSON', 'INSTITUTION'),
    state: fc.constantFrom('active', 'deleted', 'all'),
    'detail.city': fc.constant('Gent'),
    limit: fc.integer({ min: 1, max: 5 }).map(String),
  },
  { requiredKeys: ['limit'] },
)

describe('the list as of a time', () => {
  test('equals a fold of what was known then, for each customer, while edits continue between pages', async () => {
    const history = fc.array(edit, { minLength: 1, maxLength: 40, size: 'max' })
    const concurrentEdits = fc.array(edit, { minLength: 1, maxLength: 10, size: 'max' })
    const knownHour = fc.integer({ min: -5, max: 200 })
    await fc.assert(
      fc.asyncProperty(
        history,
        concurrentEdits,
        query,
        knownHour,
        async (history, concurrentEdits, query, knownHour) => {
          const list = new ListFixture()
          for (const edit of history) await list.apply(edit)
          const known_at = timeAt(Math.min(knownHour, list.hour) * HOUR)
          const instant = query.as_of ?? timeAt((list.hour + 1) * HOUR)
          const expected = [...list.ids.values()].flatMap(id => {
            const moment = referenceStateAt(list.records.versionsOf('customer', id), instant, known_at)
            if (moment === null) return []
            const { type, state } = moment.state
            const { city } = toDetails(moment.state)
            const matches =
              (query.type === undefined || query.type === type) &&
              (query.state === 'all' || (query.state ?? 'active') === state) &&
              (query['detail.city'] === undefined || query['detail.city'] === city)
            return matches ? [{ id, type, state, city, valid_to: moment.valid_to }] : []
          })
          list.hour += 1
          const pages = await list.pages({ ...query, known_at }, async page => {
            const concurrentEdit = concurrentEdits[page % concurrentEdits.length]
            if (concurrentEdit) await list.apply({ ...concurrentEdit, wait: 1 })
          })
          const items = pages.flat().map(({ id, type, state, details, valid_to }) => ({
            ...{ id, type, state, city: details.city, valid_to },
          }))
          const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)
          expect(items.sort(byId)).toEqual(expected.sort(byId))
          for (const page of pages) expect(page.length).toBeLessThanOrEqual(Number(query.limit))
        },
      ),
      { numRuns: 200 },
    )
  })

  test('before the first customer is read in bounded steps, with empty pages', async () => {
    const list = new ListFixture()
    for (let who = 0; who < 1000; who++)
      await list.apply({ who, wait: 0, back: undefined, what: 'say', type: 'PERSON', city: 'Gent' })
    let pages = 0
    for (let place: ListPlace | undefined; ; ) {
      const before = list.records.queriedRanges.length
      const { items, next } = await list.page({ as_of: '1990-01-01', limit: '25' }, place)
      pages++
      expect(items).toEqual([])
      expect(list.records.queriedRanges.length - before).toBeLessThanOrEqual(500)
      if (next === null) break
      place = next
    }
    expect(pages).toBeGreaterThan(1)
  })
})

describe('a filter by a number or boolean field', () => {
  const HEIGHT = field.parse({ name: 'height', label: 'Height', type: 'number', state: 'authorised' })
  const MEMBER = field.parse({ name: 'member', label: 'Member', type: 'boolean', state: 'authorised' })
  const fields = new Map([HEIGHT, MEMBER].map(definition => [definition.name, definition]))
  const ids = async (query: Record<string, string>) => {
    const list = new ListFixture()
    const details = { height: 1.5, member: true }
    await createCustomer(list.records, contextAt(0), fields, { surname: 'Lee', details }, undefined)
    const { items } = await listCustomers(
      list,
      fields,
      listQuery.parse(query),
      undefined,
      timeAt(HOUR),
      customer => customer,
    )
    return items.map(({ surname }) => surname)
  }

  test.each([
    [{ 'detail.height': '1.5' }, ['Lee']],
    [{ 'detail.height': '1.50' }, ['Lee']],
    [{ 'detail.height': '2' }, []],
    [{ 'detail.member': 'true' }, ['Lee']],
    [{ 'detail.member': 'false' }, []],
  ])('%j finds %j', async (query, expected) => {
    expect(await ids(query)).toEqual(expected)
  })

  test('reports all invalid values', async () => {
    await expect(ids({ 'detail.height': 'tall', 'detail.member': 'maybe' })).rejects.toMatchObject({
      faults: [
        { pointer: '?detail.height', detail: 'must be a number' },
        { pointer: '?detail.member', detail: 'must be true or false' },
      ],
    })
  })
})

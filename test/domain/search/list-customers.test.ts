import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { MemoryIndex } from '#adapters/memory-search/memory-index.ts'
import { type Customer, listQuery } from '#contract/schemas/customer.ts'
import { field } from '#contract/schemas/field.ts'
import { createCustomer } from '#domain/customers/create.ts'
import { deleteCustomer, patchCustomer, restoreCustomer } from '#domain/customers/edit.ts'
import { toDetails } from '#domain/customers/view.ts'
import { type ListPlace, listCustomers } from '#domain/search/list-customers.ts'
import { callAt, timeAt } from '#test/in-memory/call.ts'
import { MemoryListStore } from '#test/in-memory/list-store.ts'
import { MemoryRecordStore } from '#test/in-memory/record-store.ts'
import { referenceStateAt } from '../records/reference-model.ts'

const HOUR = 3600
const ALWAYS = { ifMatch: undefined, idempotencyKey: undefined }
const CITY = field.parse({ name: 'city', label: 'City', type: 'text', searchable: true, state: 'authorised' })
const FIELDS = new Map([[CITY.name, CITY]])

const saying = fc.record({
  who: fc.nat(7),
  wait: fc.constantFrom(0, 1, 5, 20),
  back: fc.option(fc.nat(80), { nil: undefined }),
  what: fc.constantFrom('say' as const, 'say' as const, 'delete' as const, 'restore' as const),
  type: fc.constantFrom('PERSON' as const, 'INSTITUTION' as const),
  city: fc.constantFrom('Gent', 'Lund'),
})
type Saying = Omit<typeof saying extends fc.Arbitrary<infer T> ? T : never, 'who'> & { who: number }

/** A list, and the hour at which it was made. */
class Listing {
  readonly records = new MemoryRecordStore()
  readonly lists = new MemoryListStore(this.records)
  readonly index = new MemoryIndex()
  readonly ids = new Map<number, string>()
  hour = 0

  async say({ who, wait, back, what, type, city }: Saying): Promise<void> {
    this.hour += wait
    const call = callAt(this.hour * HOUR)
    const valid_from = back === undefined ? undefined : timeAt((this.hour - back) * HOUR)
    const body = { surname: `Lee ${who}`, type, details: { city }, valid_from }
    const id = this.ids.get(who)
    if (id === undefined) {
      const { customer } = await createCustomer(this.records, call, FIELDS, body, undefined)
      this.ids.set(who, customer.id)
      return
    }
    const gone = (await this.records.current('customer', id, true))?.snapshot.state === 'deleted'
    if (what === 'delete') await deleteCustomer(this.records, call, id, ALWAYS)
    else if (what === 'restore' || gone) await restoreCustomer(this.records, call, id, ALWAYS)
    else await patchCustomer(this.records, call, FIELDS, id, body, ALWAYS)
  }

  page(query: Record<string, string>, place: ListPlace | undefined) {
    return listCustomers(this, FIELDS, listQuery.parse(query), place, timeAt((this.hour + 1) * HOUR), one => one)
  }

  /** Every page; `between` happens before each further one. */
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

describe('the list as it was', () => {
  test('is, of each customer, what a fold of what was known tells, whatever is edited while pages are read', async () => {
    const sayings = fc.array(saying, { minLength: 1, maxLength: 40, size: 'max' })
    const edits = fc.array(saying, { minLength: 1, maxLength: 10, size: 'max' })
    const known = fc.integer({ min: -5, max: 200 })
    await fc.assert(
      fc.asyncProperty(sayings, edits, query, known, async (said, edits, asked, hours) => {
        const listing = new Listing()
        for (const one of said) await listing.say(one)
        const known_at = timeAt(Math.min(hours, listing.hour) * HOUR)
        const instant = asked.as_of ?? timeAt((listing.hour + 1) * HOUR)
        const expected = [...listing.ids.values()].flatMap(id => {
          const moment = referenceStateAt(listing.records.here('customer', id), instant, known_at)
          if (moment === null) return []
          const { type, state } = moment.state
          const { city } = toDetails(moment.state)
          const passes =
            (asked.type === undefined || asked.type === type) &&
            (asked.state === 'all' || (asked.state ?? 'active') === state) &&
            (asked['detail.city'] === undefined || asked['detail.city'] === city)
          return passes ? [{ id, type, state, city, valid_to: moment.valid_to }] : []
        })
        listing.hour += 1
        const pages = await listing.pages({ ...asked, known_at }, async page => {
          const edit = edits[page % edits.length]
          if (edit) await listing.say({ ...edit, wait: 1 })
        })
        const found = pages.flat().map(({ id, type, state, details, valid_to }) => ({
          ...{ id, type, state, city: details.city, valid_to },
        }))
        const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)
        expect(found.sort(byId)).toEqual(expected.sort(byId))
        for (const page of pages) expect(page.length).toBeLessThanOrEqual(Number(asked.limit))
      }),
      { numRuns: 200 },
    )
  })

  test('of a day before anybody was on it is read on bit by bit, in empty pages', async () => {
    const listing = new Listing()
    for (let who = 0; who < 1000; who++)
      await listing.say({ who, wait: 0, back: undefined, what: 'say', type: 'PERSON', city: 'Gent' })
    let pages = 0
    for (let place: ListPlace | undefined; ; ) {
      const before = listing.records.asked.length
      const { items, next } = await listing.page({ as_of: '1990-01-01', limit: '25' }, place)
      pages++
      expect(items).toEqual([])
      expect(listing.records.asked.length - before).toBeLessThanOrEqual(500)
      if (next === null) break
      place = next
    }
    expect(pages).toBeGreaterThan(1)
  })
})

describe('a filter by a field that is a number or a truth value', () => {
  const HEIGHT = field.parse({ name: 'height', label: 'Height', type: 'number', state: 'authorised' })
  const MEMBER = field.parse({ name: 'member', label: 'Member', type: 'boolean', state: 'authorised' })
  const fields = new Map([HEIGHT, MEMBER].map(one => [one.name, one]))
  const ids = async (query: Record<string, string>) => {
    const listing = new Listing()
    const details = { height: 1.5, member: true }
    await createCustomer(listing.records, callAt(0), fields, { surname: 'Lee', details }, undefined)
    const { items } = await listCustomers(listing, fields, listQuery.parse(query), undefined, timeAt(HOUR), one => one)
    return items.map(({ surname }) => surname)
  }

  test.each([
    [{ 'detail.height': '1.5' }, ['Lee']],
    [{ 'detail.height': '1.50' }, ['Lee']],
    [{ 'detail.height': '2' }, []],
    [{ 'detail.member': 'true' }, ['Lee']],
    [{ 'detail.member': 'false' }, []],
  ])('%j finds %j', async (query, found) => {
    expect(await ids(query)).toEqual(found)
  })

  test('refuses what is none, all at once', async () => {
    await expect(ids({ 'detail.height': 'tall', 'detail.member': 'maybe' })).rejects.toMatchObject({
      faults: [
        { pointer: '?detail.height', detail: 'must be a number' },
        { pointer: '?detail.member', detail: 'must be true or false' },
      ],
    })
  })
})

import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { DiffItem } from '#contract/schemas/customer.ts'
import { createCustomer } from '#domain/customers/create.ts'
import { patchCustomer } from '#domain/customers/edit.ts'
import { type DiffPlace, listDiff, type Only } from '#domain/customers/list-diff.ts'
import { customerDiff } from '#domain/customers/read.ts'
import { toChangeLogEntry } from '#domain/records/change-log-entry.ts'
import { callAt, timeAt } from '#test/in-memory/call.ts'
import { MemoryLineStore } from '#test/in-memory/change-log-store.ts'
import { MemoryRecordStore } from '#test/in-memory/record-store.ts'
import { naiveDifference } from '../records/reference-model.ts'

const HOUR = 3600
const ALWAYS = { ifMatch: undefined, idempotencyKey: undefined }

/** Something said of one of a few customers at some hour, perhaps of an earlier hour. */
const saying = fc.record({
  who: fc.nat(5),
  wait: fc.constantFrom(0, 1, 5, 20),
  back: fc.option(fc.nat(80), { nil: undefined }),
  surname: fc.constantFrom('Lee', 'Park', 'Kim'),
})
type Saying = typeof saying extends fc.Arbitrary<infer T> ? T : never

/** A list, the hours that its making took, and how many customers are on it. */
async function made(sayings: readonly Saying[]) {
  const [records, lines] = [new MemoryRecordStore(), new MemoryLineStore()]
  const ids = new Map<number, string>()
  let hour = 0
  for (const { who, wait, back, surname } of sayings) {
    hour += wait
    const call = callAt(hour * HOUR)
    const body = { surname, valid_from: back === undefined ? undefined : timeAt((hour - back) * HOUR) }
    const id = ids.get(who)
    const before = id === undefined ? 0 : records.here('customer', id).length
    const { customer } = id
      ? await patchCustomer(records, call, new Map(), id, body, ALWAYS)
      : await createCustomer(records, call, new Map(), body, undefined)
    ids.set(who, customer.id)
    await lines.putLines(
      records
        .here('customer', customer.id)
        .filter(v => v.request_id === call.request_id)
        .map(toChangeLogEntry),
    )
    expect(records.here('customer', customer.id).length - before).toBeLessThanOrEqual(1)
  }
  return { records, lines, ids: [...ids.values()], hour }
}

async function pages(
  ports: Parameters<typeof listDiff>[0],
  from: string,
  to: string,
  limit: number,
  now: string,
  only: Only = {},
) {
  const all: DiffItem[][] = []
  for (let place: DiffPlace | null = null; ; ) {
    const page: Awaited<ReturnType<typeof listDiff>> = await listDiff(ports, from, to, limit, place, now, only)
    all.push(page.items)
    if (page.next === null) return all
    place = page.next
  }
}

const inOrder = (items: readonly DiffItem[]) => [...items].sort((a, b) => (a.id + a.field < b.id + b.field ? -1 : 1))

describe('the difference of the list between two moments', () => {
  test('is that of each of its customers, each once and on one page, in pages of any size', async () => {
    const hours = fc.integer({ min: -90, max: 120 })
    const sayings = fc.array(saying, { minLength: 1, maxLength: 25, size: 'max' })
    await fc.assert(
      fc.asyncProperty(sayings, hours, hours, fc.integer({ min: 1, max: 6 }), async (said, one, other, limit) => {
        const { hour, ids, ...ports } = await made(said)
        const [from, to] = [timeAt(Math.min(one, other) * HOUR), timeAt(Math.max(one, other) * HOUR)]
        const expected = await Promise.all(ids.map(id => customerDiff(ports.records, id, from, to)))
        const found = await pages(ports, from, to, limit, timeAt((hour + 1) * HOUR))
        expect(inOrder(found.flat())).toEqual(inOrder(expected.flat()))
        for (const id of ids)
          expect(found.filter(page => page.some(item => item.id === id)).length).toBeLessThanOrEqual(1)
      }),
      { numRuns: 200 },
    )
  })

  test('is what a fold of all versions, at the one moment and at the other, tells', async () => {
    const hours = fc.integer({ min: -90, max: 120 })
    const sayings = fc.array(saying, { minLength: 1, maxLength: 25, size: 'max' })
    const field = fc.constantFrom(undefined, 'surname', 'state')
    await fc.assert(
      fc.asyncProperty(sayings, hours, hours, fc.nat(6), field, async (said, one, other, who, field) => {
        const { hour, ids, ...ports } = await made(said)
        const [from, to] = [timeAt(Math.min(one, other) * HOUR), timeAt(Math.max(one, other) * HOUR)]
        const customer = ids[who]
        const asked = ids.filter(id => customer === undefined || id === customer)
        const expected = asked
          .flatMap(id => naiveDifference(ports.records.here('customer', id), from, to).map(item => ({ id, ...item })))
          .filter(item => field === undefined || item.field === field)
        const found = await pages(ports, from, to, 3, timeAt((hour + 1) * HOUR), { customer, field })
        expect(inOrder(found.flat())).toEqual(inOrder(expected as DiffItem[]))
      }),
      { numRuns: 200 },
    )
  })

  test('leaves what is said while its pages are read to a later reading', async () => {
    const { records, lines, ids } = await made(
      [0, 1, 2, 3].map(who => ({ who, wait: 1, back: undefined, surname: 'Lee' })),
    )
    const [from, to, now] = [timeAt(-HOUR), timeAt(100 * HOUR), timeAt(10 * HOUR)]
    const first = await listDiff({ records, lines }, from, to, 1, null, now)
    const later = callAt(20 * HOUR)
    for (const id of ids) {
      await patchCustomer(records, later, new Map(), id, { dob: '1985' }, ALWAYS)
      await lines.putLines(records.here('customer', id).slice(-1).map(toChangeLogEntry))
    }
    const rest: DiffItem[] = []
    for (let place = first.next; place !== null; ) {
      const page = await listDiff({ records, lines }, from, to, 1, place, timeAt(21 * HOUR))
      rest.push(...page.items)
      place = page.next
    }
    const items = [...first.items, ...rest]
    expect(new Set(items.map(({ id }) => id))).toEqual(new Set(ids))
    expect(items.some(({ field }) => field === 'dob')).toBe(false)
  })
})

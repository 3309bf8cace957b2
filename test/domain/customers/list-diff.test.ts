import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { DiffItem } from '#contract/schemas/customer.ts'
import { createCustomer } from '#domain/customers/create.ts'
import { patchCustomer } from '#domain/customers/edit.ts'
import { type DiffPlace, listDiff, type Only } from '#domain/customers/list-diff.ts'
import { customerDiff } from '#domain/customers/read.ts'
import { toChangeLogEntry } from '#domain/records/change-log-entry.ts'
import { MemoryChangeLogStore } from '#test/in-memory/change-log-store.ts'
import { contextAt, timeAt } from '#test/in-memory/context.ts'
import { MemoryRecordStore } from '#test/in-memory/record-store.ts'
import { referenceDifference } from '../records/reference-model.ts'

const HOUR = 3600
const ALWAYS = { ifMatch: undefined, idempotencyKey: undefined }

/** A change of one of six customers at some hour, perhaps back-dated. */
const edit = fc.record({
  who: fc.nat(5),
  wait: fc.constantFrom(0, 1, 5, 20),
  back: fc.option(fc.nat(80), { nil: undefined }),
  surname: fc.constantFrom('Lee', 'Park', 'Kim'),
})
type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never

/** Applies the edits and returns the stores, the hour of the last edit and the ids. */
async function applyEdits(edits: readonly Edit[]) {
  const [records, changeLog] = [new MemoryRecordStore(), new MemoryChangeLogStore()]
  const ids = new Map<number, string>()
  let hour = 0
  for (const { who, wait, back, surname } of edits) {
    hour += wait
    const context = contextAt(hour * HOUR)
    const body = { surname, valid_from: back === undefined ? undefined : timeAt((hour - back) * HOUR) }
    const id = ids.get(who)
    const countBefore = id === undefined ? 0 : records.versionsOf('customer', id).length
    const { customer } = id
      ? await patchCustomer(records, context, new Map(), id, body, ALWAYS)
      : await createCustomer(records, context, new Map(), body, undefined)
    ids.set(who, customer.id)
    await changeLog.putLines(
      records
        .versionsOf('customer', customer.id)
        .filter(v => v.request_id === context.request_id)
        .map(toChangeLogEntry),
    )
    expect(records.versionsOf('customer', customer.id).length - countBefore).toBeLessThanOrEqual(1)
  }
  return { records, lines: changeLog, ids: [...ids.values()], hour }
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
  for (let position: DiffPlace | null = null; ; ) {
    const page: Awaited<ReturnType<typeof listDiff>> = await listDiff(ports, from, to, limit, position, now, only)
    all.push(page.items)
    if (page.next === null) return all
    position = page.next
  }
}

const sortItems = (items: readonly DiffItem[]) => [...items].sort((a, b) => (a.id + a.field < b.id + b.field ? -1 : 1))

describe('the difference of the list between two times', () => {
  test('contains the difference of each customer once, on one page, for any page size', async () => {
    const hours = fc.integer({ min: -90, max: 120 })
    const edits = fc.array(edit, { minLength: 1, maxLength: 25, size: 'max' })
    await fc.assert(
      fc.asyncProperty(edits, hours, hours, fc.integer({ min: 1, max: 6 }), async (edits, hourA, hourB, limit) => {
        const { hour, ids, ...ports } = await applyEdits(edits)
        const [from, to] = [timeAt(Math.min(hourA, hourB) * HOUR), timeAt(Math.max(hourA, hourB) * HOUR)]
        const expected = await Promise.all(ids.map(id => customerDiff(ports.records, id, from, to)))
        const diffPages = await pages(ports, from, to, limit, timeAt((hour + 1) * HOUR))
        expect(sortItems(diffPages.flat())).toEqual(sortItems(expected.flat()))
        for (const id of ids)
          expect(diffPages.filter(page => page.some(item => item.id === id)).length).toBeLessThanOrEqual(1)
      }),
      { numRuns: 200 },
    )
  })

  test('equals the difference of two folds of all versions', async () => {
    const hours = fc.integer({ min: -90, max: 120 })
    const edits = fc.array(edit, { minLength: 1, maxLength: 25, size: 'max' })
    const field = fc.constantFrom(undefined, 'surname', 'state')
    await fc.assert(
      fc.asyncProperty(edits, hours, hours, fc.nat(6), field, async (edits, hourA, hourB, who, field) => {
        const { hour, ids, ...ports } = await applyEdits(edits)
        const [from, to] = [timeAt(Math.min(hourA, hourB) * HOUR), timeAt(Math.max(hourA, hourB) * HOUR)]
        const customer = ids[who]
        const expectedIds = ids.filter(id => customer === undefined || id === customer)
        const expected = expectedIds
          .flatMap(id =>
            referenceDifference(ports.records.versionsOf('customer', id), from, to).map(item => ({ id, ...item })),
          )
          .filter(item => field === undefined || item.field === field)
        const diffPages = await pages(ports, from, to, 3, timeAt((hour + 1) * HOUR), { customer, field })
        expect(sortItems(diffPages.flat())).toEqual(sortItems(expected as DiffItem[]))
      }),
      { numRuns: 200 },
    )
  })

  test('leaves changes made while its pages are read to a later read', async () => {
    const {
      records,
      lines: changeLog,
      ids,
    } = await applyEdits([0, 1, 2, 3].map(who => ({ who, wait: 1, back: undefined, surname: 'Lee' })))
    const [from, to, now] = [timeAt(-HOUR), timeAt(100 * HOUR), timeAt(10 * HOUR)]
    const first = await listDiff({ records, lines: changeLog }, from, to, 1, null, now)
    const later = contextAt(20 * HOUR)
    for (const id of ids) {
      await patchCustomer(records, later, new Map(), id, { dob: '1985' }, ALWAYS)
      await changeLog.putLines(records.versionsOf('customer', id).slice(-1).map(toChangeLogEntry))
    }
    const rest: DiffItem[] = []
    for (let position = first.next; position !== null; ) {
      const page = await listDiff({ records, lines: changeLog }, from, to, 1, position, timeAt(21 * HOUR))
      rest.push(...page.items)
      position = page.next
    }
    const items = [...first.items, ...rest]
    expect(new Set(items.map(({ id }) => id))).toEqual(new Set(ids))
    expect(items.some(({ field }) => field === 'dob')).toBe(false)
  })

  test('reads no versions of customers that were recorded once, and those of others in one read', async () => {
    const created = Array.from({ length: 6 }, (_, who) => ({
      who,
      wait: 1 as const,
      back: undefined,
      surname: 'Lee' as const,
    }))
    const changed: Edit = { who: 0, wait: 1, back: undefined, surname: 'Park' }
    const { records, lines } = await applyEdits([...created, changed])
    const reads: string[] = []
    const versions = records.versions.bind(records)
    records.versions = (kind, id, consistent) => {
      const read = versions(kind, id, consistent)
      return range => {
        reads.push(id)
        return read(range)
      }
    }
    const from = timeAt(-HOUR)
    const { items } = await listDiff({ records, lines }, from, timeAt(50 * HOUR), 100, null, timeAt(60 * HOUR))
    expect(new Set(items.map(({ id }) => id)).size).toBe(6)
    // The changed customer has two entries.
    expect(reads).toEqual([items[0]?.id, items[0]?.id])
  })
})

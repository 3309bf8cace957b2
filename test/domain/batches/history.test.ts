import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { BatchRow } from '#contract/schemas/batch.ts'
import type { Customer } from '#contract/schemas/customer.ts'
import { getCustomer } from '#domain/customers/read.ts'
import { NotFound } from '#domain/errors.ts'
import { contextAt } from '#test/in-memory/context.ts'
import { BatchSource } from './source.ts'

const day = (n: number): string => new Date(Date.UTC(2001, 0, 1 + n)).toISOString()

type Dated = BatchRow & { valid_from: string }

const value = fc.option(fc.constantFrom('1', '2', '3'), { freq: 4 })
/** Rows about five customers, each with another date within its customer. A row may leave fields out. */
const history: fc.Arbitrary<Dated[]> = fc
  .uniqueArray(
    fc.record(
      {
        who: fc.nat(4),
        on: fc.nat(60),
        action: fc.constantFrom('upsert' as const, 'upsert' as const, 'upsert' as const, 'delete' as const),
        type: fc.constantFrom('PERSON' as const, 'INSTITUTION' as const),
        given_name: value,
        dob: fc.option(fc.constantFrom('1985', '1986'), { freq: 4 }),
        surname: fc.constantFrom('Lee', 'Park', 'Kim'),
      },
      { requiredKeys: ['who', 'on', 'surname'] },
    ),
    { minLength: 2, maxLength: 30, size: 'max', selector: ({ who, on }) => `${who} ${on}` },
  )
  .map(rows =>
    rows.map(({ who, on, action, surname, ...rest }) =>
      action === 'delete'
        ? { id: `${who}`, valid_from: day(on), action }
        : { id: `${who}`, valid_from: day(on), surname, ...rest },
    ),
  )

/** Sends the rows in batches of this size and returns their outcomes. */
async function sendInBatches(source: BatchSource, rows: readonly Dated[], size: number): Promise<string[]> {
  const outcomes: string[] = []
  for (let from = 0; from < rows.length; from += size) {
    const { results } = await source.send(rows.slice(from, from + size))
    outcomes.push(...results.map(({ outcome }) => outcome))
  }
  return outcomes
}

const toComparable = ({ type, surname, given_name, dob, state, valid_from, valid_to }: Customer) => ({
  ...{ type, surname, given_name, dob, state, valid_from, valid_to },
})
type Comparable = ReturnType<typeof toComparable>

/** Returns each customer on each of the days, or null before its first row. */
async function customersByDay(source: BatchSource, ids: readonly string[]): Promise<(Comparable | null)[][]> {
  const customerOn = (id: string, n: number) =>
    getCustomer(source.records, id, { as_of: day(n) }, true, contextAt(9999).now).then(
      ({ customer }) => toComparable(customer),
      (error: unknown) => {
        if (error instanceof NotFound) return null
        throw error
      },
    )
  return Promise.all(ids.map(id => Promise.all(Array.from({ length: 62 }, (_, n) => customerOn(id, n)))))
}

/** Computes the same from the rows, without the domain. */
function referenceCustomerOn(rows: readonly Dated[], key: string, n: number): Comparable | null {
  const customerRows = rows.filter(({ id }) => id === key).sort((a, b) => (a.valid_from < b.valid_from ? -1 : 1))
  const effectiveRows = customerRows.filter(({ valid_from }) => valid_from <= day(n))
  const last = effectiveRows.at(-1)
  if (!last) return null
  const fields = Object.assign({}, ...effectiveRows)
  return {
    type: fields.type ?? 'PERSON',
    surname: fields.surname ?? null,
    given_name: fields.given_name ?? null,
    dob: fields.dob ?? null,
    state: last.action === 'delete' ? 'deleted' : 'active',
    valid_from: last.valid_from,
    valid_to: customerRows[effectiveRows.length]?.valid_from ?? null,
  }
}

/** Returns the ids of the customers that the rows are about, by source key. */
async function idsByKey(source: BatchSource, rows: readonly Dated[]): Promise<Map<string, string>> {
  const { results } = await source.send(rows)
  const all = rows.map(({ id }, n): [string, string] => [id, results[n]?.id ?? ''])
  return new Map(all.sort(([a], [b]) => (a < b ? -1 : 1)))
}

describe('a history with effective dates', () => {
  test('has the same result in any order and batch size, and when it is sent again', async () => {
    const orders = history.chain(rows =>
      fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })),
    )
    await fc.assert(
      fc.asyncProperty(orders, fc.integer({ min: 1, max: 12 }), async ([rows, shuffled], size) => {
        const source = new BatchSource()
        const outcomes = await sendInBatches(source, shuffled, size)
        expect(outcomes).not.toContain('refused')
        expect(outcomes).not.toContain('unchanged')
        const { size: versions } = source.records
        expect(new Set(await sendInBatches(source, rows, size + 1))).toEqual(new Set(['unchanged']))
        expect(source.records.size).toBe(versions)
        const ids = await idsByKey(source, rows)
        expect(await customersByDay(source, [...ids.values()])).toEqual(
          [...ids.keys()].map(key => Array.from({ length: 62 }, (_, n) => referenceCustomerOn(rows, key, n))),
        )
      }),
      { numRuns: 150 },
    )
  })
})

import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { BatchRow } from '#contract/schemas/batch.ts'
import type { Customer } from '#contract/schemas/customer.ts'
import { getCustomer } from '#domain/customers/read.ts'
import { NotFound } from '#domain/errors.ts'
import { callAt } from '#test/in-memory/call.ts'
import { Source } from './source.ts'

const day = (n: number): string => new Date(Date.UTC(2001, 0, 1 + n)).toISOString()

type Dated = BatchRow & { valid_from: string }

const value = fc.option(fc.constantFrom('1', '2', '3'), { freq: 4 })
/** Rows that say something of five customers, each on another day of its customer; not every row says everything. */
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

/** Sends rows in batches of a size. */
async function load(source: Source, rows: readonly Dated[], size: number): Promise<string[]> {
  const outcomes: string[] = []
  for (let from = 0; from < rows.length; from += size) {
    const { results } = await source.send(rows.slice(from, from + size))
    outcomes.push(...results.map(({ outcome }) => outcome))
  }
  return outcomes
}

const told = ({ type, surname, given_name, dob, state, valid_from, valid_to }: Customer) => ({
  ...{ type, surname, given_name, dob, state, valid_from, valid_to },
})
type Told = ReturnType<typeof told>

/** What everybody was on each of the days; null: was not yet. */
async function everyDay(source: Source, ids: readonly string[]): Promise<(Told | null)[][]> {
  const then = (id: string, n: number) =>
    getCustomer(source.records, id, { as_of: day(n) }, true, callAt(9999).now).then(
      ({ customer }) => told(customer),
      (error: unknown) => {
        if (error instanceof NotFound) return null
        throw error
      },
    )
  return Promise.all(ids.map(id => Promise.all(Array.from({ length: 62 }, (_, n) => then(id, n)))))
}

/** The same, worked out from the rows alone. */
function naively(rows: readonly Dated[], key: string, n: number): Told | null {
  const mine = rows.filter(({ id }) => id === key).sort((a, b) => (a.valid_from < b.valid_from ? -1 : 1))
  const held = mine.filter(({ valid_from }) => valid_from <= day(n))
  const last = held.at(-1)
  if (!last) return null
  const said = Object.assign({}, ...held)
  return {
    type: said.type ?? 'PERSON',
    surname: said.surname ?? null,
    given_name: said.given_name ?? null,
    dob: said.dob ?? null,
    state: last.action === 'delete' ? 'deleted' : 'active',
    valid_from: last.valid_from,
    valid_to: mine[held.length]?.valid_from ?? null,
  }
}

/** The ids of the customers that rows are about, by key. */
async function idsByKey(source: Source, rows: readonly Dated[]): Promise<Map<string, string>> {
  const { results } = await source.send(rows)
  const all = rows.map(({ id }, n): [string, string] => [id, results[n]?.id ?? ''])
  return new Map(all.sort(([a], [b]) => (a < b ? -1 : 1)))
}

describe('a history with effective dates', () => {
  test('ends the same in any order, in batches of any size, and however often it is sent', async () => {
    const orders = history.chain(rows =>
      fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })),
    )
    await fc.assert(
      fc.asyncProperty(orders, fc.integer({ min: 1, max: 12 }), async ([rows, shuffled], size) => {
        const source = new Source()
        const outcomes = await load(source, shuffled, size)
        expect(outcomes).not.toContain('refused')
        expect(outcomes).not.toContain('unchanged')
        const { size: versions } = source.records
        expect(new Set(await load(source, rows, size + 1))).toEqual(new Set(['unchanged']))
        expect(source.records.size).toBe(versions)
        const ids = await idsByKey(source, rows)
        expect(await everyDay(source, [...ids.values()])).toEqual(
          [...ids.keys()].map(key => Array.from({ length: 62 }, (_, n) => naively(rows, key, n))),
        )
      }),
      { numRuns: 150 },
    )
  })
})

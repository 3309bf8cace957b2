import { isDeepStrictEqual } from 'node:util'
import * as z from 'zod'
import { customer, historyItem } from '#contract/schemas/customer.ts'
import { customerHistory, getCustomer } from '#domain/customers/read.ts'
import { Gone, NotFound } from '#domain/errors.ts'
import type { RequestContext } from '#domain/ports.ts'
import type { Version } from '#domain/records/version.ts'
import { listCustomers } from '#domain/search/list-customers.ts'
import type { Ports } from '#functions/runtime/ports.ts'
import type { Surroundings } from './operations.ts'
import { naiveCustomer, naiveHistory, type Time } from './reference-model.ts'

/** What a reader asked for, and whether an answer to it is what some versions make. */
export interface Reading {
  readonly what: string
  /** Null: there was no such customer. */
  run(ports: Ports, call: RequestContext): Promise<readonly Seen[]>
}

/** What a reader was shown of one customer. */
export interface Seen {
  readonly id: string
  /** Absent: it was not shown, and may not have been there. */
  readonly shown: unknown
  right(folded: readonly Version[]): boolean
  wanted(folded: readonly Version[]): unknown
}

const NOT_THERE = null

async function orNotThere<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof NotFound || error instanceof Gone) return NOT_THERE
    throw error
  }
}

const seen = (id: string, shown: unknown, wanted: (folded: readonly Version[]) => unknown): Seen => ({
  ...{ id, shown, wanted },
  right: folded => isDeepStrictEqual(shown, wanted(folded)),
})

function someTime({ chance, instants, now }: Surroundings): Time {
  const instant = () => (instants.length > 0 && chance.happens(0.7) ? chance.of(instants) : now)
  return chance.weighted<Time>([
    [2, {}],
    [2, { as_of: instant() }],
    [1, { known_at: instant() }],
    [1, { as_of: instant(), known_at: instant() }],
  ])
}

/** Something that a reader looks at while everything goes on. */
export function someReading(around: Surroundings): Reading {
  const { chance, known, fields } = around
  const id = chance.of(known)
  const time = someTime(around)
  const consistent = chance.happens(0.3)
  return chance.weighted<Reading>([
    [
      4,
      {
        what: `get ${id} ${JSON.stringify(time)}${consistent ? ' consistently' : ''}`,
        run: async ({ records }, call) => {
          const answer = await orNotThere(() => getCustomer(records, id, time, consistent, call.now))
          const shown = answer && customer.parse(answer.customer)
          return [seen(id, shown, folded => naiveCustomer(folded, time, call.now))]
        },
      },
    ],
    [
      1,
      {
        what: `history of ${id}`,
        run: async ({ records }) => {
          const answer = await orNotThere(() => customerHistory(records, id, 100, undefined))
          const shown = answer && z.array(historyItem).parse(answer.items)
          return [seen(id, shown, folded => (folded.length === 0 ? NOT_THERE : naiveHistory(folded)))]
        },
      },
    ],
    [
      1,
      {
        what: 'list',
        run: async (ports, call) => {
          const query = {
            limit: 100,
            cursor: undefined,
            type: undefined,
            state: 'all',
            q: undefined,
            sort: undefined,
            changed_since: undefined,
            as_of: undefined,
            known_at: undefined,
            detail: {},
          } as const
          const { items } = await listCustomers(ports, fields, query, undefined, call.now, one => one)
          return items.map(item => seen(item.id, customer.parse(item), folded => naiveCustomer(folded)))
        },
      },
    ],
  ])
}

import { isDeepStrictEqual } from 'node:util'
import * as z from 'zod'
import { customer, historyItem } from '#contract/schemas/customer.ts'
import { customerHistory, getCustomer } from '#domain/customers/read.ts'
import { Gone, NotFound } from '#domain/errors.ts'
import type { RequestContext } from '#domain/ports.ts'
import type { Version } from '#domain/records/version.ts'
import { listCustomers } from '#domain/search/list-customers.ts'
import type { Ports } from '#functions/runtime/ports.ts'
import type { OperationContext } from './operations.ts'
import { referenceCustomer, referenceHistory, type Time } from './reference-model.ts'

/** A read, with a check of the result against versions. */
export interface Reading {
  readonly description: string
  /** Returns one observation per customer. */
  run(ports: Ports, call: RequestContext): Promise<readonly Observation[]>
}

/** What a reader saw of one customer. */
export interface Observation {
  readonly id: string
  /** Null: the customer was not found. */
  readonly shown: unknown
  isCorrect(folded: readonly Version[]): boolean
  expected(folded: readonly Version[]): unknown
}

const NOT_FOUND = null

async function orNull<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof NotFound || error instanceof Gone) return NOT_FOUND
    throw error
  }
}

const observe = (id: string, shown: unknown, expected: (folded: readonly Version[]) => unknown): Observation => ({
  ...{ id, shown, expected },
  isCorrect: folded => isDeepStrictEqual(shown, expected(folded)),
})

function someTime({ random, instants, now }: OperationContext): Time {
  const instant = () => (instants.length > 0 && random.happens(0.7) ? random.of(instants) : now)
  return random.weighted<Time>([
    [2, {}],
    [2, { as_of: instant() }],
    [1, { known_at: instant() }],
    [1, { as_of: instant(), known_at: instant() }],
  ])
}

/** Picks a random read. */
export function someReading(context: OperationContext): Reading {
  const { random, knownIds, fields } = context
  const id = random.of(knownIds)
  const time = someTime(context)
  const consistent = random.happens(0.3)
  return random.weighted<Reading>([
    [
      4,
      {
        description: `get ${id} ${JSON.stringify(time)}${consistent ? ' consistently' : ''}`,
        run: async ({ records }, call) => {
          const answer = await orNull(() => getCustomer(records, id, time, consistent, call.now))
          const shown = answer && customer.parse(answer.customer)
          return [observe(id, shown, folded => referenceCustomer(folded, time, call.now))]
        },
      },
    ],
    [
      1,
      {
        description: `history of ${id}`,
        run: async ({ records }) => {
          const answer = await orNull(() => customerHistory(records, id, 100, undefined))
          const shown = answer && z.array(historyItem).parse(answer.items)
          return [observe(id, shown, folded => (folded.length === 0 ? NOT_FOUND : referenceHistory(folded)))]
        },
      },
    ],
    [
      1,
      {
        description: 'list',
        run: async (ports, call) => {
          const query = {
            limit: 100,
            cursor: undefined,
            type: undefined,
            state: 'all',
            source: undefined,
            q: undefined,
            sort: undefined,
            changed_since: undefined,
            as_of: undefined,
            known_at: undefined,
            detail: {},
          } as const
          const { items } = await listCustomers(ports, fields, query, undefined, call.now, customer => customer)
          return items.map(item => observe(item.id, customer.parse(item), folded => referenceCustomer(folded)))
        },
      },
    ],
  ])
}

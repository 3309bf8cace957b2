import * as z from 'zod'
import { listConflicts } from '#domain/conflicts/list.ts'
import { type DiffPlace, listDiff } from '#domain/customers/list-diff.ts'
import { customerHistory, getCustomer, type HistoryPlace } from '#domain/customers/read.ts'
import { Gone, NotFound } from '#domain/errors.ts'
import { type ListPlace, listCustomers } from '#domain/search/list-customers.ts'
import type { Ports } from '#functions/runtime/ports.ts'
import { referenceDifference } from '#test/domain/records/reference-model.ts'
import { FIELDS } from './fields.ts'
import type { Ledger } from './ledger.ts'
import { referenceConflicts, referenceCustomer, referenceHistory, type Time } from './reference-model.ts'

/** A question to every location after everything was delivered, and the answer that the versions imply. */
export interface Question {
  readonly what: string
  ask(ports: Ports): Promise<unknown>
  /** Whether it is about one customer, so that it can be answered without a current row. */
  readonly isAboutOneCustomer?: boolean
  /** The expected answer. If absent, the locations must only agree. */
  readonly expected?: unknown
  /** The part of the answer to compare. Customers with deleted versions are compared elsewhere. */
  part?(answer: unknown): unknown
}

async function orNull<T>(read: () => Promise<T>): Promise<T | null | 'gone'> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof NotFound) return null
    if (error instanceof Gone) return 'gone'
    throw error
  }
}

/** Reads every page. */
async function readAllPages<Item, Place>(
  read: (position: Place | undefined) => Promise<{ items: readonly Item[]; next: Place | null }>,
): Promise<Item[]> {
  const items: Item[] = []
  for (let position: Place | null | undefined; position !== null; ) {
    const page: { items: readonly Item[]; next: Place | null } = await read(position)
    items.push(...page.items)
    position = page.next
  }
  return items
}

const PLAIN = {
  type: undefined,
  source: undefined,
  q: undefined,
  sort: undefined,
  changed_since: undefined,
  as_of: undefined,
  known_at: undefined,
  detail: {},
}

const listed = (ports: Ports, now: string, query: Partial<Parameters<typeof listCustomers>[2]>) =>
  readAllPages((place: ListPlace | undefined) =>
    listCustomers(
      ports,
      FIELDS,
      { ...PLAIN, cursor: undefined, state: 'all', limit: 2, ...query },
      place,
      now,
      customer => customer,
    ),
  )

/** Questions about one customer: current, as of a time, as known at a time, and the history. */
function askAboutCustomer(ledger: Ledger, id: string, times: readonly Time[], now: string): Question[] {
  const versions = ledger.versionsOf('customer', id)
  const history = ({ records }: Ports) =>
    orNull(() => readAllPages((place: HistoryPlace | undefined) => customerHistory(records, id, 3, place)))
  const customerQuestions = [
    ...times.map(time => ({
      what: `customer ${id} ${JSON.stringify(time)}`,
      ask: ({ records }: Ports) => orNull(async () => (await getCustomer(records, id, time, false, now)).customer),
      expected: referenceCustomer(versions, time, now),
    })),
    { what: `history of ${id}`, ask: history, expected: referenceHistory(versions) },
  ]
  // Of a customer with deleted versions, the locations must only agree.
  const isAnswerKnown = ledger.isPlain('customer', id)
  return customerQuestions.map(({ what, ask, expected }) => ({
    what,
    ask,
    ofOne: true,
    ...(isAnswerKnown ? { expected } : {}),
  }))
}

/** Keeps the items of customers without deleted versions. */
const keepPlain = (ledger: Ledger) => (answer: unknown) =>
  rows.parse(answer).filter(item => ledger.isPlain('customer', typeof item === 'string' ? item.slice(0, 36) : item.id))

const rows = z.array(z.union([z.string(), z.looseObject({ id: z.string() })]))

const encodeKey = (key: string): string => Buffer.from(key).toString('base64url')

/** @param toTimes returns the times as of which, and as known at which, a customer is read. */
export function questions(
  ledger: Ledger,
  toTimes: (id: string) => Time[],
  from: string,
  to: string,
  now: string,
): Question[] {
  const ids = ledger.customers
  const plain = ids.filter(id => ledger.isPlain('customer', id))
  const inListOrder = plain.toSorted((a, b) => shard(a) - shard(b) || (a < b ? -1 : 1))
  const part = keepPlain(ledger)
  return [
    ...ids.flatMap(id => askAboutCustomer(ledger, id, [{}, ...toTimes(id)], now)),
    {
      what: 'list',
      part,
      ask: ports => listed(ports, now, {}),
      expected: inListOrder.map(id => referenceCustomer(ledger.versionsOf('customer', id))),
    },
    {
      what: `list as of ${from}`,
      part,
      ask: ports => listed(ports, now, { as_of: from }),
      expected: inListOrder.flatMap(id => referenceCustomer(ledger.versionsOf('customer', id), { as_of: from }) ?? []),
    },
    {
      what: 'ids of the list by activity',
      part,
      ask: async ports =>
        (await listed(ports, now, { changed_since: '2026-01-01T00:00:00.000Z' })).map(({ id }) => id).sort(),
      expected: plain,
    },
    {
      what: `difference from ${from} to ${to}`,
      part,
      ask: async ports =>
        sortItems(
          await readAllPages((place: DiffPlace | undefined) => listDiff(ports, from, to, 3, place ?? null, now)),
        ),
      expected: sortItems(
        plain.flatMap(id =>
          referenceDifference(ledger.versionsOf('customer', id), from, to, now).map(item => ({ id, ...item })),
        ),
      ),
    },
    {
      what: 'conflicts',
      part: answer =>
        rows.parse(answer).filter(row => typeof row === 'string' && ledger.isPlain('customer', row.slice(0, 36))),
      ask: async ports => {
        const items = await readAllPages((after: string | undefined) => listConflicts(ports.records, 2, after ?? null))
        return items
          .map(conflict => [conflict.customer, conflict.field, conflict.kept.version, conflict.lost.version].join(' '))
          .sort()
      },
      expected: ledger.records
        .filter(([v]) => v && ledger.isPlain(v.kind, v.id))
        .flatMap(versions =>
          referenceConflicts(versions).map(({ field, kept, lost }) =>
            [versions[0]?.id, field, encodeKey(kept), encodeKey(lost)].join(' '),
          ),
        )
        .sort(),
    },
  ]
}

const sortItems = <T extends { id: string; field: string }>(items: readonly T[]): T[] =>
  items.toSorted((a, b) => (a.id + a.field < b.id + b.field ? -1 : 1))

/** The shard of a customer, which orders the list. */
const shard = (id: string): number => Number.parseInt(id.slice(-2), 16) % 8

/** Times at which something took effect or was recorded, and just before. */
export function toMoments(ledger: Ledger, id: string): { valid: string[]; recorded: string[] } {
  const versions = ledger.versionsOf('customer', id)
  const withPreviousMillisecond = (times: readonly string[]) =>
    [...new Set(times.flatMap(time => [time, new Date(Date.parse(time) - 1).toISOString()]))].sort()
  return {
    valid: withPreviousMillisecond(versions.map(v => v.valid_from)),
    recorded: withPreviousMillisecond(versions.map(v => v.recorded_at)),
  }
}

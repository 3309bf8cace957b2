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
import { naiveCustomer, naiveDisputes, naiveHistory, type Time } from './reference-model.ts'

/** What is asked of every location when all has come to rest, and what the versions there are make of it. */
export interface Question {
  readonly what: string
  ask(ports: Ports): Promise<unknown>
  /** It is about one customer: who finds no row reads the versions. */
  readonly ofOne?: boolean
  /** Absent: the locations have to agree, and that is all. */
  readonly wanted?: unknown
  /** The part of the answer that this is; absent: all of it. What a removal leaves is another question. */
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

/** Every page of something, together. */
async function pages<Item, Place>(
  read: (place: Place | undefined) => Promise<{ items: readonly Item[]; next: Place | null }>,
): Promise<Item[]> {
  const items: Item[] = []
  for (let place: Place | null | undefined; place !== null; ) {
    const page: { items: readonly Item[]; next: Place | null } = await read(place)
    items.push(...page.items)
    place = page.next
  }
  return items
}

const PLAIN = {
  type: undefined,
  q: undefined,
  sort: undefined,
  changed_since: undefined,
  as_of: undefined,
  known_at: undefined,
  detail: {},
}

const listed = (ports: Ports, now: string, more: Partial<Parameters<typeof listCustomers>[2]>) =>
  pages((place: ListPlace | undefined) =>
    listCustomers(
      ports,
      FIELDS,
      { ...PLAIN, cursor: undefined, state: 'all', limit: 2, ...more },
      place,
      now,
      one => one,
    ),
  )

/** Questions about one customer: as it is, as it was and as it was known, and its history page by page. */
function aboutOne(ledger: Ledger, id: string, times: readonly Time[], now: string): Question[] {
  const versions = ledger.of('customer', id)
  const history = ({ records }: Ports) =>
    orNull(() => pages((place: HistoryPlace | undefined) => customerHistory(records, id, 3, place)))
  const told = [
    ...times.map(time => ({
      what: `customer ${id} ${JSON.stringify(time)}`,
      ask: ({ records }: Ports) => orNull(async () => (await getCustomer(records, id, time, false, now)).customer),
      wanted: naiveCustomer(versions, time, now),
    })),
    { what: `history of ${id}`, ask: history, wanted: naiveHistory(versions) },
  ]
  // What is left of a removed customer the locations have to agree on.
  const wantedToo = ledger.isPlain('customer', id)
  return told.map(({ what, ask, wanted }) => ({ what, ask, ofOne: true, ...(wantedToo ? { wanted } : {}) }))
}

/** Of some items those of customers of whom nothing was removed. */
const plainIn = (ledger: Ledger) => (answer: unknown) =>
  rows.parse(answer).filter(item => ledger.isPlain('customer', typeof item === 'string' ? item.slice(0, 36) : item.id))

const rows = z.array(z.union([z.string(), z.looseObject({ id: z.string() })]))

const nameIn = (key: string): string => Buffer.from(key).toString('base64url')

/** @param timesOf the moments as of which, and as known at which, a customer is asked for. */
export function questions(
  ledger: Ledger,
  timesOf: (id: string) => Time[],
  from: string,
  to: string,
  now: string,
): Question[] {
  const ids = ledger.customers
  const plain = ids.filter(id => ledger.isPlain('customer', id))
  const inList = plain.toSorted((a, b) => shard(a) - shard(b) || (a < b ? -1 : 1))
  const part = plainIn(ledger)
  return [
    ...ids.flatMap(id => aboutOne(ledger, id, [{}, ...timesOf(id)], now)),
    {
      what: 'list',
      part,
      ask: ports => listed(ports, now, {}),
      wanted: inList.map(id => naiveCustomer(ledger.of('customer', id))),
    },
    {
      what: `list as of ${from}`,
      part,
      ask: ports => listed(ports, now, { as_of: from }),
      wanted: inList.flatMap(id => naiveCustomer(ledger.of('customer', id), { as_of: from }) ?? []),
    },
    {
      what: 'ids of the list by activity',
      part,
      ask: async ports =>
        (await listed(ports, now, { changed_since: '2026-01-01T00:00:00.000Z' })).map(({ id }) => id).sort(),
      wanted: plain,
    },
    {
      what: `difference from ${from} to ${to}`,
      part,
      ask: async ports =>
        inOrder(await pages((place: DiffPlace | undefined) => listDiff(ports, from, to, 3, place ?? null, now))),
      wanted: inOrder(
        plain.flatMap(id =>
          referenceDifference(ledger.of('customer', id), from, to, now).map(item => ({ id, ...item })),
        ),
      ),
    },
    {
      what: 'conflicts',
      part: answer =>
        rows.parse(answer).filter(one => typeof one === 'string' && ledger.isPlain('customer', one.slice(0, 36))),
      ask: async ports => {
        const items = await pages((after: string | undefined) => listConflicts(ports.records, 2, after ?? null))
        return items.map(one => [one.customer, one.field, one.kept.version, one.lost.version].join(' ')).sort()
      },
      wanted: ledger.records
        .filter(([v]) => v && ledger.isPlain(v.kind, v.id))
        .flatMap(versions =>
          naiveDisputes(versions).map(({ field, kept, lost }) =>
            [versions[0]?.id, field, nameIn(kept), nameIn(lost)].join(' '),
          ),
        )
        .sort(),
    },
  ]
}

const inOrder = <T extends { id: string; field: string }>(items: readonly T[]): T[] =>
  items.toSorted((a, b) => (a.id + a.field < b.id + b.field ? -1 : 1))

/** The list goes by the customers' partitions. */
const shard = (id: string): number => Number.parseInt(id.slice(-2), 16) % 8

/** Moments worth asking about: when something began to hold or was recorded, and right before. */
export function toMoments(ledger: Ledger, id: string): { valid: string[]; recorded: string[] } {
  const versions = ledger.of('customer', id)
  const around = (times: readonly string[]) =>
    [...new Set(times.flatMap(time => [time, new Date(Date.parse(time) - 1).toISOString()]))].sort()
  return { valid: around(versions.map(v => v.valid_from)), recorded: around(versions.map(v => v.recorded_at)) }
}

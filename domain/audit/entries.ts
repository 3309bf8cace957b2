import type { AuditFilter } from '#contract/schemas/audit.ts'
import type { Access, AuditStore, Entry, EntryName, Keys, StoredEntry } from './port.ts'

/** Sort before and after every key. */
export const FIRST = '0'
export const LAST = '~'
/** Entries that are read at once of each partition. */
export const CHUNK = 250

/** The key after an entry and everything that belongs to it. */
export const after = (key: string): string => `${key}#~`

/** The key of an access's entry. */
export const accessKey = ({ at, request_id }: Pick<Access, 'at' | 'request_id'>): string => `${at}#${request_id}`

export const toTime = (entry: Entry): string => ('line' in entry ? entry.line.recorded_at : entry.access.at)
export const toLocation = (entry: Entry): string => ('line' in entry ? entry.line : entry.access).location

export const toOutcome = (entry: Entry): string => ('line' in entry ? 'done' : entry.access.outcome)

/** The customers whom an access showed: those of its response, and the one that it was about. A refused one showed nobody. */
export function shownIn(entry: Entry): readonly string[] {
  if ('line' in entry || entry.access.outcome !== 'done') return []
  const { shown = [], customer } = entry.access
  return customer === undefined || shown.includes(customer) ? shown : [...shown, customer]
}

/** The hashes of what an access asked. Public lookups keep theirs by field. */
export function askedIn(entry: Entry): readonly string[] {
  if ('line' in entry) return []
  const { questions = [], asked } = entry.access
  return [...questions, ...[asked.name, asked.document_number].filter(hash => hash !== undefined)]
}

/** The fields by which entries can be filtered that have one value. */
export function filterFields(entry: Entry): Omit<AuditFilter, 'shown' | 'asked'> {
  const { actor, action, location } = 'line' in entry ? entry.line : entry.access
  const ofLine = 'line' in entry && entry.line.kind === 'customer' ? entry.line.id : undefined
  const customer = 'line' in entry ? ofLine : entry.access.customer
  return { actor, action, customer, location, outcome: toOutcome(entry) }
}

/** Whether an entry matches a filter. */
export function passes({ shown, asked, ...single }: AuditFilter, entry: Entry): boolean {
  const fields = new Map(Object.entries(filterFields(entry)))
  const hasField = ([name, value]: [string, string | undefined]) => value === undefined || value === fields.get(name)
  return (
    Object.entries(single).every(hasField) &&
    (shown === undefined || shownIn(entry).includes(shown)) &&
    (asked === undefined || askedIn(entry).some(hash => asked.includes(hash)))
  )
}

interface Reading {
  partition: number
  rows: StoredEntry[]
  more: boolean
  last: string | null
}

/** The rows of one day. Its partitions are read in parallel, one chunk at a time. */
async function* readDay(
  store: AuditStore,
  day: string,
  { above, below }: Keys,
  newestFirst: boolean,
  chunk: number,
): AsyncGenerator<StoredEntry> {
  const readings = Array.from(
    { length: store.partitions },
    (_, partition): Reading => ({ partition, rows: [], more: true, last: null }),
  )
  const fill = async (reading: Reading) => {
    const { partition, last } = reading
    const keys = newestFirst ? { above, below: last ?? below } : { above: last ?? above, below }
    const read = await store.entries(day, partition, keys, newestFirst, chunk)
    Object.assign(reading, read, { last: read.rows.at(-1)?.key ?? last })
  }
  const comesFirst = (a: Reading, b: Reading): Reading => {
    const [firstKey = '', secondKey = ''] = [a.rows[0]?.key, b.rows[0]?.key]
    return firstKey < secondKey === newestFirst ? b : a
  }
  for (;;) {
    const empty = readings.filter(({ rows, more }) => rows.length === 0 && more)
    if (empty.length > 0) await Promise.all(empty.map(fill))
    const open = readings.filter(({ rows }) => rows.length > 0)
    const [first, ...others] = open
    if (first === undefined) return
    await store.yieldToOthers()
    const row = others.reduce(comesFirst, first).rows.shift()
    if (row) yield row
  }
}

type StoredOutcome = Extract<StoredEntry, { of: string }>

const correction = ({ outcome, shown, shown_count }: StoredOutcome): Partial<Access> =>
  shown === undefined ? { outcome } : { outcome, shown, shown_count }

const withOutcome = (entry: Entry, outcomeRow: StoredOutcome | null | undefined): Entry =>
  outcomeRow?.of === entry.key && 'access' in entry
    ? { ...entry, access: { ...entry.access, ...correction(outcomeRow) } }
    : entry

/** Merges each entry with its outcome, which follows it in key order. */
async function* mergeOutcomes(rows: AsyncIterable<StoredEntry>, newestFirst: boolean): AsyncGenerator<Entry> {
  let pendingEntry: Entry | null = null
  let pendingOutcome: StoredOutcome | null = null
  for await (const row of rows) {
    if ('of' in row) {
      pendingOutcome = row
      continue
    }
    if (newestFirst) yield withOutcome(row, pendingOutcome)
    else if (pendingEntry) yield withOutcome(pendingEntry, pendingOutcome)
    pendingEntry = row
  }
  if (!newestFirst && pendingEntry) yield withOutcome(pendingEntry, pendingOutcome)
}

/**
 * Every entry between two keys, in order of time. It buffers one chunk of each partition of a day, however many entries there are. A
 * version appears shortly after it was written, with its change-log entry.
 */
export function entriesBetween(
  store: AuditStore,
  keys: Keys,
  newestFirst: boolean,
  chunk: number,
): AsyncGenerator<Entry> {
  async function* rows(): AsyncGenerator<StoredEntry> {
    const [from, to] = [keys.above.slice(0, 10), keys.below.slice(0, 10)]
    for await (const day of store.days(from, to, newestFirst)) yield* readDay(store, day, keys, newestFirst, chunk)
  }
  return mergeOutcomes(rows(), newestFirst)
}

/** The key of the last entry that is stored; `FIRST` if there is none. */
export async function lastKey(store: AuditStore): Promise<string> {
  for await (const { key } of entriesBetween(store, { above: FIRST, below: LAST }, true, 1)) return key
  return FIRST
}

/** The first names in order, each key once. */
export function firstInOrder(names: Iterable<EntryName>, newestFirst: boolean, limit: number): EntryName[] {
  const byKey = new Map([...names].map(name => [name.key, name]))
  const direction = newestFirst ? -1 : 1
  return [...byKey.values()].sort((a, b) => (a.key < b.key ? -direction : direction)).slice(0, limit)
}

/** Entries by name, in the order of the names; missing ones are left out. */
export async function loadEntries(store: AuditStore, names: readonly EntryName[]): Promise<Entry[]> {
  const rows = await store.named(names)
  const outcomes = new Map(rows.flatMap(row => ('of' in row ? [[row.of, row]] : [])))
  const entries = new Map(
    rows.flatMap(row => ('of' in row ? [] : [[row.key, withOutcome(row, outcomes.get(row.key))]])),
  )
  return names.flatMap(({ key }) => entries.get(key) ?? [])
}

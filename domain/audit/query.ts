import type { AuditFilter } from '#contract/schemas/audit.ts'
import { Unavailable } from '../errors.ts'
import { after, entriesBetween, FIRST, LAST, loadEntries } from './entries.ts'
import type { AuditIndex, AuditStore, Entry, EntryName, Keys } from './port.ts'
import type { RecentEntries } from './recent-entries.ts'
import { filterTerms } from './terms.ts'

export type QueryPorts = { audit: AuditStore } & {
  /** null without an index. */
  auditIndex: AuditIndex | null
  /** null in a process that does not see every entry of its location. */
  recentEntries?: RecentEntries | null | undefined
}

export interface EntryQuery {
  filter: AuditFilter
  keys: Keys
  newestFirst: boolean
  /** How many entries the caller probably needs. */
  likely: number
  /** How many entries to read at once of each partition. */
  chunk: number
}

/** Entries per index request after the first. */
const FURTHER = 250

/** The part of a range after an entry. */
export function toRest(keys: Keys, newestFirst: boolean, place: string | null): Keys {
  if (place === null) return keys
  return newestFirst ? { ...keys, below: place } : { ...keys, above: after(place) }
}

async function* inTables({ audit }: QueryPorts, { keys, newestFirst, chunk }: EntryQuery): AsyncGenerator<Entry> {
  if (keys.above < keys.below) yield* entriesBetween(audit, keys, newestFirst, chunk)
}

/** Finds entries of a range, in order. @throws Unavailable */
type Find = (keys: Keys, limit: number) => EntryName[] | Promise<EntryName[]>

/** The entries that are found, as the tables have them. @throws Unavailable */
async function* located({ audit }: QueryPorts, query: EntryQuery, find: Find): AsyncGenerator<Entry> {
  const { newestFirst } = query
  let { keys, likely: limit } = query
  while (keys.above < keys.below) {
    const names = await find(keys, limit)
    yield* await loadEntries(audit, names)
    if (names.length < limit) return
    keys = toRest(keys, newestFirst, names.at(-1)?.key ?? null)
    limit = FURTHER
  }
}

/** The same; continues with the tables if entries cannot be found that way any more. */
async function* locatedOrInTables(ports: QueryPorts, query: EntryQuery, find: Find): AsyncGenerator<Entry> {
  let last: string | null = null
  try {
    for await (const entry of located(ports, query, find)) {
      last = entry.key
      yield entry
    }
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error
    yield* inTables(ports, { ...query, keys: toRest(query.keys, query.newestFirst, last) })
  }
}

const earlier = (a: string, b: string): string => (a < b ? a : b)
const later = (a: string, b: string): string => (a < b ? b : a)

/**
 * Every entry of a range that a filter matches, in order, and possibly others: those that the index finds; the latest ones, if this process
 * has noted them; and those between from the tables. Index and notes only locate entries.
 */
export async function* queryEntries(ports: QueryPorts, query: EntryQuery): AsyncGenerator<Entry> {
  const { audit, auditIndex, recentEntries } = ports
  const { filter, keys, newestFirst } = query
  const isFiltered = Object.values(filter).some(value => value !== undefined)
  const carried = isFiltered && auditIndex?.supports(filter) ? await audit.carried() : null
  const recent = recentEntries != null && filterTerms(filter) !== null ? recentEntries : null
  const indexedUpTo = carried?.from ?? FIRST
  // An entry and its outcome are read from the same place.
  const notedFrom = recent === null ? LAST : recent.from > indexedUpTo ? after(recent.from) : indexedUpTo
  const within = (above: string, below: string): EntryQuery => ({
    ...query,
    keys: { above: later(above, keys.above), below: earlier(below, keys.below) },
  })
  const findInIndex: Find = async (keys, limit) =>
    carried && auditIndex ? auditIndex.find(carried.index, filter, keys, newestFirst, limit) : []
  const findInNotes: Find = (keys, limit) => recent?.find(filter, keys, newestFirst, limit) ?? []
  const parts = [
    locatedOrInTables(ports, within(FIRST, indexedUpTo), findInIndex),
    inTables(ports, within(indexedUpTo, notedFrom)),
    locatedOrInTables(ports, within(notedFrom, LAST), findInNotes),
  ]
  for (const part of newestFirst ? parts.toReversed() : parts) yield* part
}

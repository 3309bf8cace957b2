import type { AuditFilter } from '#contract/schemas/audit.ts'
import { Unavailable } from '../errors.ts'
import { after, entriesBetween, loadEntries } from './entries.ts'
import type { AuditIndex, AuditStore, Entry, Keys } from './port.ts'

export type QueryPorts = { audit: AuditStore } & {
  /** null without an index. */
  auditIndex: AuditIndex | null
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

/** The entries that the named index finds, as the tables have them. @throws Unavailable */
async function* inIndex({ audit, auditIndex }: QueryPorts, name: string, query: EntryQuery): AsyncGenerator<Entry> {
  const { filter, newestFirst } = query
  let { keys, likely: limit } = query
  while (auditIndex && keys.above < keys.below) {
    const names = await auditIndex.find(name, filter, keys, newestFirst, limit)
    yield* await loadEntries(audit, names)
    if (names.length < limit) return
    keys = toRest(keys, newestFirst, names.at(-1)?.key ?? null)
    limit = FURTHER
  }
}

/** The same; continues with the tables if the index becomes unreachable. */
async function* inIndexOrTables(ports: QueryPorts, name: string, query: EntryQuery): AsyncGenerator<Entry> {
  let last: string | null = null
  try {
    for await (const entry of inIndex(ports, name, query)) {
      last = entry.key
      yield entry
    }
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error
    yield* inTables(ports, { ...query, keys: toRest(query.keys, query.newestFirst, last) })
  }
}

/**
 * Every entry of a range that a filter matches, in order, and possibly others: those that the index finds, and from the tables those that
 * it does not have yet. The index only locates entries.
 */
export async function* queryEntries(ports: QueryPorts, query: EntryQuery): AsyncGenerator<Entry> {
  const filtered = Object.values(query.filter).some(value => value !== undefined)
  const carried = filtered && ports.auditIndex?.supports(query.filter) ? await ports.audit.carried() : null
  if (carried === null) return yield* inTables(ports, query)
  const { index, from } = carried
  const { above, below } = query.keys
  const parts = [
    inIndexOrTables(ports, index, { ...query, keys: { above, below: from < below ? from : below } }),
    inTables(ports, { ...query, keys: { above: from > above ? from : above, below } }),
  ]
  for (const part of query.newestFirst ? parts.toReversed() : parts) yield* part
}

import type { AuditFilter, AuditItem } from '#contract/schemas/audit.ts'
import { canonicalJson } from '../canonical-json.ts'
import type { ChangeLogEntry } from '../records/change-log-entry.ts'
import type { State, Version } from '../records/version.ts'
import { passes, toLocation, toOutcome } from './entries.ts'
import type { AuditStore, Entry, Keys } from './port.ts'
import { type QueryPorts, queryEntries, toRest } from './query.ts'

/** How many entries a filtered page may examine before it ends early, with a cursor. */
const MAX_EXAMINED = 5000
/** The maximum size of a page, in characters. Lambda limits a response to 6 MB. */
const MAX_LENGTH = 3_000_000
/** Entries whose versions are read at once. */
const PAGE_SIZE = 100

/** How many entries to read at once of each partition: without a filter, its share of the page and a reserve. */
const toChunk = (filtered: boolean, limit: number): number => (filtered ? 250 : Math.max(10, Math.ceil(limit / 4)))

const picked = (state: State, fields: readonly string[]): AuditItem['before'] =>
  Object.fromEntries(fields.map(field => [field, state[field] ?? null]))

/** The fields that a version set, with their values before and after. */
function toChange(version: Version): Pick<AuditItem, 'before' | 'after'> {
  const { sets, previousValues: was, snapshot } = version
  const fields = sets === '*' ? [...new Set([...Object.keys(was), ...Object.keys(snapshot)])].sort() : sets
  return { before: picked(was, fields), after: picked(snapshot, fields) }
}

const toId = (key: string): string => Buffer.from(key).toString('base64url')

function toItem(entry: Entry, version: Version | null): AuditItem {
  const common = { id: toId(entry.key), location: toLocation(entry), outcome: toOutcome(entry) }
  if ('access' in entry) {
    const { at, actor, action, request_id, customer, count = 1, shown = null, shown_count = null } = entry.access
    const record = customer === undefined ? null : `customer/${customer}`
    const access = { at, actor, action, record, request_id, count, before: null, after: null, note: null }
    return { ...common, ...access, shown: shown && [...shown], shown_count }
  }
  const { recorded_at: at, actor, action, kind, id } = entry.line
  // The content of a deleted version is gone.
  const change = version ? toChange(version) : { before: null, after: null }
  const { request_id = null, note = null } = version ?? {}
  return {
    ...common,
    at,
    actor,
    action,
    record: `${kind}/${id}`,
    request_id,
    count: 1,
    ...change,
    note,
    shown: null,
    shown_count: null,
  }
}

/** Converts entries for display. The content of a change is read from its version. */
export async function toItems({ audit }: { audit: AuditStore }, entries: readonly Entry[]): Promise<AuditItem[]> {
  const lines = entries.flatMap((entry): ChangeLogEntry[] => ('line' in entry ? [entry.line] : []))
  const versions = new Map((await audit.versions(lines)).map((version, n) => [lines[n], version]))
  return entries.map(entry => toItem(entry, 'line' in entry ? (versions.get(entry.line) ?? null) : null))
}

/** Some of the entries of a query, and the key after which the next page begins; null at the end. */
interface Taken {
  entries: Entry[]
  last: string | null
}

async function take(entries: AsyncIterable<Entry>, filter: AuditFilter, limit: number): Promise<Taken> {
  const results: Entry[] = []
  let looked = 0
  let last: string | null = null
  for await (const entry of entries) {
    if (looked === MAX_EXAMINED) return { entries: results, last }
    looked += 1
    const passed = passes(filter, entry)
    // One entry more than requested shows that there is a next page. The last one returned says where it begins.
    if (passed && results.length === limit) return { entries: results, last: results.at(-1)?.key ?? null }
    last = entry.key
    if (passed) results.push(entry)
  }
  return { entries: results, last: null }
}

/**
 * A page of the audit, read from the tables; filters use the index as far as it goes, and then what this process has noted. All give the same
 * entries. Without a filter it costs the page. With one it costs the entries shown and those neither indexed nor noted; without an index, up
 * to some thousand entries are examined.
 *
 * @param keys the range; `place` is the key to continue after.
 */
export async function listAudit(
  ports: QueryPorts,
  filter: AuditFilter,
  keys: Keys,
  newestFirst: boolean,
  limit: number,
  place: string | null,
): Promise<{ items: AuditItem[]; next: string | null }> {
  const filtered = Object.values(filter).some(value => value !== undefined)
  const query = { filter, keys: toRest(keys, newestFirst, place), newestFirst, likely: limit + 1 }
  const entries = queryEntries(ports, { ...query, chunk: toChunk(filtered, limit) })
  return toPage(ports, await take(entries, filter, limit))
}

/** As many entries as fit into a response, and where the next page begins. */
export async function toPage(
  ports: { audit: AuditStore },
  { entries, last }: Taken,
): Promise<{ items: AuditItem[]; next: string | null }> {
  const items: AuditItem[] = []
  let length = 0
  for (let from = 0; from < entries.length; from += PAGE_SIZE) {
    for (const item of await toItems(ports, entries.slice(from, from + PAGE_SIZE))) {
      length += canonicalJson(item).length
      if (length > MAX_LENGTH && items.length > 0) return { items, next: entries[items.length - 1]?.key ?? null }
      items.push(item)
    }
  }
  return { items, next: last }
}

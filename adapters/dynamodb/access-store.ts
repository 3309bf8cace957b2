import * as z from 'zod'
import { accessKey } from '#domain/audit/entries.ts'
import type { Access, AccessStore, Disclosure, StoredEntry } from '#domain/audit/port.ts'
import type { RecentEntries } from '#domain/audit/recent-entries.ts'
import { toDay } from '#domain/records/change-log-entry.ts'
import { digest } from '#domain/records/digest.ts'
import { putAll } from './batch.ts'
import { createDecoder } from './decoder.ts'
import { AUDIT_DAYS } from './items.ts'
import { putAbsent } from './put-if-absent.ts'
import type { Tables } from './tables.ts'

/** The number of partitions per day of accesses. */
export const ACCESS_SHARDS = 8
/** The suffix of the sort key of an access's outcome. */
const OUTCOME = '#outcome'

const toShard = (request_id: string): number =>
  Buffer.from(digest(request_id), 'base64url').readUInt8(0) % ACCESS_SHARDS

export const accessPartition = (day: string, shard: number): string => `access#${day}#${shard}`

const toKey = (access: Access) => ({
  pk: accessPartition(toDay(access.at), toShard(access.request_id)),
  sk: accessKey(access),
})

const UUID_BYTES = 16

/** Ids as text of 22 characters each instead of 36: a write unit has room for a page of 25. */
const packIds = (ids: readonly string[]): string =>
  Buffer.from(ids.join('').replaceAll('-', ''), 'hex').toString('base64url')

function unpackIds(text: string): string[] {
  const bytes = Buffer.from(text, 'base64url')
  return Array.from({ length: bytes.length / UUID_BYTES }, (_, n) =>
    bytes
      .subarray(n * UUID_BYTES, (n + 1) * UUID_BYTES)
      .toString('hex')
      .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
  )
}

const disclosureRow = ({ shown, shown_count }: Disclosure): Record<string, unknown> =>
  shown === undefined ? {} : { shown: packIds(shown), shown_count }

const disclosure = { shown: z.string().transform(unpackIds).optional(), shown_count: z.number().optional() }

/** An access as a row of the registry. */
export function toAccessRow(access: Access): Record<string, unknown> {
  const { at: _at, request_id: _id, shown, shown_count, ...rest } = access
  return { ...toKey(access), ...rest, ...disclosureRow({ shown, shown_count }) }
}

/** The keys of an access's row and of its outcome's row, by its key in the audit. */
export function accessKeys(key: string): { pk: string; sk: string }[] {
  const pk = accessPartition(toDay(key), toShard(key.split('#')[1] ?? ''))
  return [key, key + OUTCOME].map(sk => ({ pk, sk }))
}

/** The day of a partition of accesses; null for other partitions. */
export const accessDayIn = (pk: string): string | null => /^access#([\d-]+)#\d+$/.exec(pk)?.[1] ?? null

const toSortKey = createDecoder(z.object({ sk: z.string() }))
const decodeOutcome = createDecoder(z.object({ sk: z.string(), outcome: z.string(), ...disclosure }))
const accessRow = z.object({
  sk: z.string(),
  location: z.string(),
  actor: z.string(),
  action: z.string(),
  outcome: z.string(),
  asked: z.record(z.string(), z.string()).default({}),
  customer: z.string().optional(),
  count: z.number().optional(),
  ...disclosure,
  questions: z.array(z.string()).optional(),
})

const decodeAccess = createDecoder(accessRow)

/** Decodes a row of a partition of accesses. */
export function toStoredAccess(row: unknown): StoredEntry {
  const { sk: key } = toSortKey(row)
  if (key.endsWith(OUTCOME)) {
    const { sk: _, ...outcome } = decodeOutcome(row)
    return { key, of: key.slice(0, -OUTCOME.length), ...outcome }
  }
  const { sk, ...rest } = decodeAccess(row)
  const [at = '', request_id = ''] = sk.split('#')
  return { key, access: { at, request_id, ...rest } }
}

/** Accesses as immutable rows of the registry, partitioned by day, so that every location's audit has them. */
export class DynamoAccessStore implements AccessStore {
  readonly #tables: Tables
  readonly #noted: Set<string>
  readonly #recent: RecentEntries | null

  /**
   * @param noted days known to be in the directory; days that are added to it are added here.
   * @param recent where accesses are noted before they are stored.
   */
  constructor(tables: Tables, noted = new Set<string>(), recent: RecentEntries | null = null) {
    this.#tables = tables
    this.#noted = noted
    this.#recent = recent
  }

  async record(access: Access): Promise<void> {
    this.#recent?.noteAccess(access)
    await putAbsent(this.#tables, this.#tables.names.registry, toAccessRow(access))
  }

  async recordOutcome(access: Access, outcome: string, shown: Disclosure = {}): Promise<void> {
    this.#recent?.noteDisclosure(accessKey(access), shown)
    const { pk, sk } = toKey(access)
    await putAbsent(this.#tables, this.#tables.names.registry, {
      ...{ pk, sk: sk + OUTCOME, outcome },
      ...disclosureRow(shown),
    })
  }

  async noteDays(days: readonly string[]): Promise<void> {
    const news = [...new Set(days)].filter(day => !this.#noted.has(day))
    await putAll(
      this.#tables,
      news.map(sk => ({ pk: AUDIT_DAYS, sk })),
    )
    for (const day of news) this.#noted.add(day)
  }
}

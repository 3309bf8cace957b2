import type { ErasureAnswer } from '#contract/schemas/retention.ts'
import { canonicalJson } from '../canonical-json.ts'
import { resolveClusters } from '../customers/merges.ts'
import type { PairStore } from '../duplicates/port.ts'
import { Forbidden, NotFound, StateConflict, Unavailable } from '../errors.ts'
import type { LocationStore } from '../locations/port.ts'
import type { RequestContext } from '../ports.ts'
import type { CurrentRecord } from '../records/current.ts'
import type { RecordStore } from '../records/port.ts'
import { foldFromStore } from '../records/update-record.ts'
import { RETRY, retryWhileOvertaken } from '../retry.ts'
import { toDeletionMarker, toEntry } from '../search/entry.ts'
import type { CandidateIndex } from '../search/port.ts'
import { backupsUntil, certified, streamsUntil } from './certificate.ts'
import { countCopies, findCopies } from './copies.ts'
import { finishErasure } from './finish-erasure.ts'
import { isHeld, toHold } from './hold.ts'
import type { ErasureRecord, LinkedData, RetentionStores } from './port.ts'
import { hasContent, type ReadBackPorts, readBack } from './verify-erasure.ts'

type ErasePorts = ReadBackPorts & { pairs: PairStore; locations: LocationStore }

const NO_FIELDS = new Map()

/** Rows by id, rebuilt if this location has none; records without versions are left out. */
async function toRows({ records }: { records: RecordStore }, ids: readonly string[]): Promise<CurrentRecord[]> {
  const rows = new Map((await records.currents('customer', ids, true)).map(row => [row.id, row]))
  const rebuilt = await Promise.all(
    ids.map(async id => rows.get(id) ?? (await foldFromStore(records, 'customer', id)).row),
  )
  return rebuilt.filter(row => row !== null)
}

function assertNotHeld(rows: readonly CurrentRecord[], now: string): void {
  for (const { id, snapshot } of rows) {
    const hold = toHold(snapshot)
    if (hold && isHeld(hold, now))
      throw new StateConflict(`The customer ${id} is held (${hold.reason}): end the hold first`)
  }
}

/** Counts what exists of customers before the erasure. */
async function counted(
  { records, erasures }: ErasePorts,
  linked: readonly LinkedData[],
  ids: readonly string[],
): Promise<Pick<ErasureRecord, 'removed' | 'decisions' | 'copies'>> {
  const each = await Promise.all(
    ids.map(async id => ({
      versions: (await records.loadPartition('customer', id)).versions.length,
      disputes: (await records.current('customer', id, true))?.disputes.length ?? 0,
      about: await erasures.about(id),
      linked: (await Promise.all(linked.map(store => store.count(id)))).reduce((all, store) => all + store, 0),
    })),
  )
  const copies = await findCopies(records, ids)
  const decisions = [...new Set(each.flatMap(({ about }) => about.decisions))]
  const pairs = new Set(each.flatMap(({ about }) => about.pairs.map(({ a, b }) => `${a}#${b}`)))
  const sum = (of: 'versions' | 'disputes' | 'linked') => each.reduce((all, store) => all + store[of], 0)
  return {
    decisions,
    copies,
    removed: {
      versions: sum('versions'),
      decisions: decisions.length,
      pairs: pairs.size,
      disputes: sum('disputes'),
      linked: sum('linked'),
      copies: await countCopies(records, copies),
    },
  }
}

/**
 * Removes customers from the index at once, above every version that it has or will receive. If the index is unreachable, the stream reader
 * does it later.
 */
async function unindex(
  { index }: { index: CandidateIndex },
  ids: readonly string[],
  rows: readonly CurrentRecord[],
): Promise<void> {
  try {
    const entries = [...(await index.getMany(ids)).filter(hasContent), ...rows.map(row => toEntry(row, NO_FIELDS))]
    const last = entries.toSorted((a, b) => a.version - b.version)
    if (last.length > 0) await index.put(last.map(toDeletionMarker), { visible: true })
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error
  }
}

/**
 * Asserts that such a customer existed here. @throws NotFound; Unavailable if only the tombstone of an erasure at another location has
 * arrived
 */
async function assertKnown({ records }: { records: RecordStore }, id: string): Promise<void> {
  const { versions, tombstone } = await records.loadPartition('customer', id)
  if (tombstone.erased) throw new Unavailable('An erasure at another location has not fully arrived yet: try again', 5)
  if (versions.length === 0 && Object.keys(tombstone.purged).length === 0) throw new NotFound('Customer not found')
}

/** @throws Forbidden unless the user created every one of the customers */
async function assertCreatedBy(records: RecordStore, rows: readonly CurrentRecord[], user: string): Promise<void> {
  const firstVersions = await Promise.all(rows.map(({ id }) => records.versions('customer', id, true)({ limit: 1 })))
  if (rows.length === 0 || firstVersions.some(([first]) => first?.actor !== user || first.action !== 'create'))
    throw new Forbidden(`${user} may erase only customers that it created`)
}

/**
 * Stores who is erased, with the tombstones, or finds that this was done. The request is refused, or nothing is stored, if the customers are
 * not the ones that were read any more.
 *
 * @returns the erasure, and the rows that it deleted.
 */
async function beginErasure(
  ports: ErasePorts,
  linked: readonly LinkedData[],
  context: RequestContext,
  id: string,
  createdBy: string | null,
): Promise<{ erased: ErasureRecord; rows: readonly CurrentRecord[] } | typeof RETRY> {
  const { erasures, records } = ports
  const before = await erasures.erased(id)
  const rows = await toRows(ports, [...new Set([id, ...(before?.ids ?? [])])])
  const together = await resolveClusters(rows, ids => toRows(ports, ids))
  const family = [...new Map([...together.values()].flat().map(row => [row.id, row])).values()]
  if (createdBy !== null) await assertCreatedBy(records, family, createdBy)
  if (family.length === 0 && before === null) await assertKnown(ports, id)
  assertNotHeld(family, context.now)
  const ids = [...new Set([id, ...(before?.ids ?? []), ...family.map(row => row.id)])].sort()
  if (before !== null) return { erased: { ...before, ids }, rows: family }
  const { now: at, location, actor, request_id } = context
  const erased = { ids, at, location, ...(await counted(ports, linked, ids)) }
  const access = { at, request_id, location, actor, action: 'eraseCustomer', outcome: 'done', asked: {}, customer: id }
  const stored = await records.currents('customer', ids, true)
  const isSame = stored.every(row => family.some(other => other.id === row.id && isSameClock(other, row)))
  return isSame && (await erasures.begin(erased, stored, access)) ? { erased, rows: family } : RETRY
}

const isSameClock = (a: CurrentRecord, b: CurrentRecord): boolean => canonicalJson(a.clock) === canonicalJson(b.clock)

/**
 * Erases a customer on request, with all customers merged with it, permanently and at all locations.
 * 1. One transaction records who they are and what exists of them (without personal data), puts a tombstone for each, deletes their current
 *    rows and writes the audit entry. From then on, nobody can read them here; at each other location, when the tombstone arrives. Later
 *    writes are deleted on arrival.
 * 2. Their versions are deleted (`finishErasure`). If the process ends before, the reader of the registry's stream does it.
 * 3. It deletes decisions about them, open pairs and linked data, and what others copied of them in merges that were split again.
 * 4. It reads everything again and certifies the result.
 *
 * Repeating it deletes what is left and certifies the current state.
 *
 * @param options `createdBy`: erases only customers that this user created.
 * @throws NotFound, Forbidden, StateConflict if one of them is held, Unavailable
 */
export async function eraseCustomer(
  ports: ErasePorts,
  linked: readonly LinkedData[],
  context: RequestContext,
  id: string,
  key: string,
  { createdBy = null }: { createdBy?: string | null } = {},
): Promise<ErasureAnswer> {
  const { erasures } = ports
  const { erased, rows } = await retryWhileOvertaken(context, 'The customer is', () =>
    beginErasure(ports, linked, context, id, createdBy),
  )
  const { ids } = erased
  await finishErasure(ports, context, erased)
  for (const store of linked) for (const customer of ids) await store.forget(customer)
  await unindex(ports, ids, rows)
  const remains = await readBack(ports, linked, erased)
  if (remains.registry + remains.views === 0)
    for (const customer of ids) await erasures.acknowledge(customer, context.location, context.now)
  const locations = await acknowledgements(ports, context, ids)
  const { at: erased_at, location, removed } = erased
  return certified(key, {
    ids,
    erased_at,
    location,
    removed,
    read_at: context.now,
    found: remains,
    locations,
    pending: locations.filter(customer => customer.acknowledged_at === null).map(({ name }) => name),
    streams_until: streamsUntil(erased_at),
    backups_until: backupsUntil(erased_at),
  })
}

/** The state of the erasure at each known location: one that has not acknowledged it may still have data. */
async function acknowledgements(
  { locations, erasures }: { locations: LocationStore } & Pick<RetentionStores, 'erasures'>,
  { location }: Pick<RequestContext, 'location'>,
  ids: readonly string[],
) {
  const [heartbeats, notes] = await Promise.all([
    locations.heartbeats(),
    Promise.all(ids.map(id => erasures.acknowledged(id))),
  ])
  const names = [...new Set([location, ...heartbeats.map(({ name }) => name)])].sort()
  return names.map(name => {
    const times = notes.map(of => of.find(note => note.location === name)?.at ?? null)
    const knownTimes = times.filter(at => at !== null)
    return { name, acknowledged_at: knownTimes.length === ids.length ? (knownTimes.sort().at(-1) ?? null) : null }
  })
}

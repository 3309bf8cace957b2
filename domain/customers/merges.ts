import type { CurrentRecord } from '../records/current.ts'
import type { RecordStore } from '../records/port.ts'
import type { State } from '../records/version.ts'
import { absorbedIn } from './view.ts'

/** The maximum length of a chain of merges. Ids decrease along a chain, so that it has no circle. */
const MAX_CHAIN_STEPS = 10
/** How far a cluster is followed in both directions. */
const MAX_CLUSTER_STEPS = 20

type ById<T> = ReadonlyMap<string, T>

/**
 * Loads what is reached from some customers by their links, one round trip per step for all of them.
 *
 * @param load reads customers by id; those that do not exist are left out.
 */
export async function loadLinked<T>(
  start: ById<T>,
  getLinks: (item: T) => readonly string[],
  load: (ids: readonly string[]) => Promise<ById<T>>,
  maxSteps = MAX_CHAIN_STEPS,
): Promise<ById<T>> {
  const loaded = new Map(start)
  const requested = new Set(start.keys())
  let latest = start
  for (let step = 0; step < maxSteps; step++) {
    const missing = new Set([...latest.values()].flatMap(getLinks).filter(id => !requested.has(id)))
    if (missing.size === 0) break
    for (const id of missing) requested.add(id)
    latest = await load([...missing])
    for (const [id, item] of latest) loaded.set(id, item)
  }
  return loaded
}

/** The id of the customer that this one was merged into; null if it was not merged. */
export const mergedInto = ({ state, merged_into }: State): string | null =>
  state === 'merged' && typeof merged_into === 'string' ? merged_into : null

export const toMergeLinks = (state: State): string[] => [mergedInto(state) ?? []].flat()

/** The customer at the end of the chain of merges; null if it was not loaded, or if the chain is too long. */
export function findSurvivor<T>(id: string, loaded: ById<T>, getState: (item: T) => State): T | null {
  let item = loaded.get(id)
  for (let step = 0; item !== undefined && step <= MAX_CHAIN_STEPS; step++) {
    const next = mergedInto(getState(item))
    if (next === null) return item
    item = loaded.get(next)
  }
  return null
}

const byId = (rows: readonly CurrentRecord[]): ById<CurrentRecord> => new Map(rows.map(row => [row.id, row]))

/**
 * For each row's id the row on which that customer is listed: its own, or the one that it was merged into, directly or through others.
 * Customers that are not listed are left out.
 */
export async function resolveSurvivors(
  records: RecordStore,
  rows: readonly CurrentRecord[],
): Promise<Map<string, CurrentRecord>> {
  const load = async (ids: readonly string[]) => byId(await records.currents('customer', ids, false))
  const loaded = await loadLinked(byId(rows), ({ snapshot }) => toMergeLinks(snapshot), load)
  return new Map(
    rows.flatMap(({ id }) => {
      const survivor = findSurvivor(id, loaded, ({ snapshot }) => snapshot)
      return survivor?.snapshot.state === 'active' ? [[id, survivor]] : []
    }),
  )
}

/** The customers that a customer is one with: the one that it was merged into, and those that were merged into it. */
function getClusterLinks({ snapshot }: CurrentRecord): string[] {
  const target = snapshot.merged_into
  return [...(typeof target === 'string' ? [target] : []), ...absorbedIn(snapshot)]
}

/**
 * For each row's id all rows that merges have made one customer with it, its own among them. Rows that no longer exist are left out.
 *
 * @param load reads rows by id.
 */
export async function resolveClusters(
  rows: readonly CurrentRecord[],
  load: (ids: readonly string[]) => Promise<readonly CurrentRecord[]>,
): Promise<Map<string, CurrentRecord[]>> {
  const loaded = await loadLinked(byId(rows), getClusterLinks, async ids => byId(await load(ids)), MAX_CLUSTER_STEPS)
  return new Map(rows.map(row => [row.id, collectCluster(row, loaded)]))
}

function collectCluster(row: CurrentRecord, loaded: ById<CurrentRecord>): CurrentRecord[] {
  const cluster = new Map([[row.id, row]])
  for (const member of cluster.values())
    for (const id of getClusterLinks(member)) {
      const linked = loaded.get(id)
      if (linked) cluster.set(id, linked)
    }
  return [...cluster.values()]
}

/**
 * The ids of a customer and of all who were merged into it, directly or through others. Someone counts where its own row says that it was
 * merged, so that two locations that merge it into different customers agree in the end. One round trip per step of the longest chain.
 */
export async function resolveMerged(
  records: Pick<RecordStore, 'currents'>,
  id: string,
  consistent: boolean,
): Promise<string[]> {
  const load = async (ids: readonly string[]) => byId(await records.currents('customer', ids, consistent))
  const loaded = await loadLinked(await load([id]), ({ snapshot }) => absorbedIn(snapshot), load)
  const members = new Set([id])
  for (const member of members)
    for (const absorbed of absorbedIn(loaded.get(member)?.snapshot ?? {}))
      if (mergedInto(loaded.get(absorbed)?.snapshot ?? {}) === member) members.add(absorbed)
  return [...members]
}

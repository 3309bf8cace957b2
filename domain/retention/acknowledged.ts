import type { Heartbeat } from '../locations/port.ts'
import type { RequestContext } from '../ports.ts'
import type { RecordStore } from '../records/port.ts'
import type { ErasureStore } from './port.ts'

/** The location that runs purges: the first of all known ones by name, so that no two expire the same customer at once. */
export const purgeLeader = (heartbeats: readonly Heartbeat[], location: string): string =>
  [location, ...heartbeats.map(({ name }) => name)].reduce((first, name) => (name < first ? name : first))

/**
 * The locations that have not acknowledged what was done here by an instant: their last heartbeat here does not say that they have seen a
 * heartbeat that this location sent since. Once all have, those that have not seen one from each other location: what these wrote before,
 * and this location knows, may not be there yet.
 */
export function unacknowledged(heartbeats: readonly Heartbeat[], location: string, since: string): string[] {
  const others = heartbeats.filter(({ name }) => name !== location)
  const behind = (senders: readonly string[]): string[] =>
    others
      .filter(({ name, seen }) => senders.some(sender => sender !== name && (seen[sender] ?? '') < since))
      .map(({ name }) => name)
  const missing = behind([location])
  return missing.length > 0 ? missing : behind(others.map(({ name }) => name))
}

/** Acknowledges each erased customer of whom nothing is left in this location's tables. */
export async function acknowledgeErasures(
  { records, erasures }: { records: RecordStore; erasures: ErasureStore },
  { location, now }: Pick<RequestContext, 'location' | 'now'>,
  ids: readonly string[],
): Promise<void> {
  for (const id of ids) {
    const { versions } = await records.loadPartition('customer', id)
    if (versions.length === 0) await erasures.acknowledge(id, location, now)
  }
}

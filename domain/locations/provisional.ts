import type { RequestContext } from '../ports.ts'
import type { LocationStore } from './port.ts'

/**
 * Whether more may come to be known of what was known at a moment: it is still to come, or nothing that some other location sent since
 * has come through to this one's rows, so that what was written there by then may be on its way. To be asked before the rows are read.
 */
export async function isProvisional(
  { locations }: { locations: LocationStore },
  call: Pick<RequestContext, 'location' | 'now'>,
  known_at: string,
): Promise<boolean> {
  if (known_at >= call.now) return true
  const [beats, arrivals] = await Promise.all([locations.heartbeats(), locations.receivedHeartbeats()])
  const heard = new Map(arrivals.map(({ name, sent }) => [name, sent]))
  return beats.some(({ name }) => name !== call.location && (heard.get(name) ?? '') < known_at)
}

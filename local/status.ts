import { ping } from '#contract/schemas/service.ts'
import type { LocationProcess } from './location-process.ts'
import type { Replicator } from './replication/replicator.ts'

/** Longer than `/ping` itself waits for its dependencies. */
const TIMEOUT_MS = 3000

interface State {
  state: 'up' | 'starting' | 'down'
  /** Why it is not up. */
  reason: string | null
}

/** What a location says of itself at this moment. */
async function stateOf({ pid, url }: LocationProcess): Promise<State> {
  if (pid === null) return { state: 'down', reason: 'does not run' }
  try {
    const response = await fetch(`${url}/ping`, { signal: AbortSignal.timeout(TIMEOUT_MS) })
    const { status, reason = null } = ping.parse(await response.json())
    return { state: status, reason }
  } catch {
    return { state: 'down', reason: 'does not answer' }
  }
}

/** The state of locations and replication, as text or JSON. */
export async function statusText(
  locations: readonly LocationProcess[],
  replicator: Replicator | null,
  asJson: boolean,
): Promise<string> {
  const items = await Promise.all(
    locations.map(async location => {
      const { name, url, endpoint, pid, clock } = location
      const { cut, lag } = replicator?.siteOf(name) ?? { cut: false, lag: 0 }
      const { state, reason } = await stateOf(location)
      return { name, up: state === 'up', state, reason, cut, lag_ms: lag, url, tables: endpoint, pid, clock }
    }),
  )
  const waiting = replicator?.waiting() ?? []
  if (asJson) return JSON.stringify({ items, waiting })
  const lines = items.flatMap(({ name, state, reason, cut, lag_ms, url, tables, pid, clock }) => {
    const states = [
      reason === null ? state : `${state} (${reason})`,
      ...(cut ? ['cut off'] : []),
      ...(lag_ms > 0 ? [`${lag_ms / 1000} s late`] : []),
    ]
    const where = pid === null ? '' : `   tables ${tables ?? 'starting'}   process ${pid}`
    const warnings = pid !== null && clock !== null ? [`${name}   at its start: ${clock}`] : []
    return [`${name}   ${states.join(', ').padEnd(14)}   ${url}${where}`, ...warnings]
  })
  const changes = waiting.map(({ from, to, changes }) => {
    return `${from} to ${to}   ${changes === null ? 'not known' : changes === 0 ? 'all there' : `${changes} on the way`}`
  })
  return [...lines, ...changes].join('\n')
}

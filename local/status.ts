import type { LocationProcess } from './location-process.ts'
import type { Replicator } from './replication/replicator.ts'

/** The state of locations and replication, as text or JSON. */
export function statusText(
  locations: readonly LocationProcess[],
  replicator: Replicator | null,
  asJson: boolean,
): string {
  const items = locations.map(({ name, url, endpoint, pid }) => {
    const { cut, lag } = replicator?.siteOf(name) ?? { cut: false, lag: 0 }
    return { name, up: endpoint !== null, cut, lag_ms: lag, url, tables: endpoint, pid }
  })
  const waiting = replicator?.waiting() ?? []
  if (asJson) return JSON.stringify({ items, waiting })
  const lines = items.map(({ name, up, cut, lag_ms, url, tables, pid }) => {
    const state = [up ? 'up' : 'down', ...(cut ? ['cut off'] : []), ...(lag_ms > 0 ? [`${lag_ms / 1000} s late`] : [])]
    const where = up ? `   tables ${tables}   process ${pid}` : ''
    return `${name}   ${state.join(', ').padEnd(14)}   ${url}${where}`
  })
  const changes = waiting.map(({ from, to, changes }) => {
    return `${from} to ${to}   ${changes === null ? 'not known' : changes === 0 ? 'all there' : `${changes} on the way`}`
  })
  return [...lines, ...changes].join('\n')
}

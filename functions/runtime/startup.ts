/** How far a process that runs everything has started. A function of the cloud starts ready. */
export const startup: {
  phase: 'tables' | 'index' | 'ready'
  /** Customers put into the search index so far. */
  indexed: number
  /** The approximate part of the list that they are, from 0 to 1. */
  part: number
} = { phase: 'ready', indexed: 0, part: 0 }

/** What a process that is starting does; null when it is ready. */
export function describeStartup(): string | null {
  const { phase, indexed, part } = startup
  if (phase === 'ready') return null
  if (phase === 'tables') return 'starting the table engine'
  return `filling the search index: ${indexed} customers, about ${Math.floor(part * 100)} %`
}

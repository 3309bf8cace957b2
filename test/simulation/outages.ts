import type { MemoryIndex } from '#adapters/memory-search/memory-index.ts'
import { Unavailable } from '#domain/errors.ts'
import type { Ports } from '#functions/runtime/ports.ts'

/** A location's index, which throws Unavailable during an outage. */
export function withOutages(location: { index: MemoryIndex; isIndexDown: boolean }): Ports['index'] {
  const getIndex = (): MemoryIndex => {
    if (location.isIndexDown) throw new Unavailable('The index is down')
    return location.index
  }
  return {
    engine: 'memory',
    put: async (...args) => getIndex().put(...args),
    candidates: async (...args) => getIndex().candidates(...args),
    exact: async (...args) => getIndex().exact(...args),
    sorted: async query => getIndex().sorted(query),
    count: async filter => getIndex().count(filter),
    tokens: async () => getIndex().tokens(),
    create: async () => getIndex().create(),
    promote: async name => getIndex().promote(name),
    getMany: async (...args) => getIndex().getMany(...args),
    listIds: async (...args) => getIndex().listIds(...args),
  }
}

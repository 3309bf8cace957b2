import type { MemoryIndex } from '#adapters/memory-search/memory-index.ts'
import { Unavailable } from '#domain/errors.ts'
import type { Ports } from '#domain/ports.ts'

/** A location's index, which answers while it is up. */
export function withOutages(location: { index: MemoryIndex; indexDown: boolean }): Ports['index'] {
  const reached = (): MemoryIndex => {
    if (location.indexDown) throw new Unavailable('The index is down')
    return location.index
  }
  return {
    engine: 'memory',
    put: async (...said) => reached().put(...said),
    candidates: async (...said) => reached().candidates(...said),
    exact: async (...said) => reached().exact(...said),
    tokens: async () => reached().tokens(),
    begin: async () => reached().begin(),
    adopt: async name => reached().adopt(name),
    held: async (...said) => reached().held(...said),
    listed: async (...said) => reached().listed(...said),
  }
}

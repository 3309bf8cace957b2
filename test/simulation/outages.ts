import type { MemoryIndex } from '#adapters/memory-search/memory-index.ts'
import { Unavailable } from '#domain/errors.ts'
import type { Ports } from '#functions/runtime/ports.ts'

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
    sorted: async query => reached().sorted(query),
    tokens: async () => reached().tokens(),
    create: async () => reached().create(),
    promote: async name => reached().promote(name),
    getMany: async (...said) => reached().getMany(...said),
    listIds: async (...said) => reached().listIds(...said),
  }
}

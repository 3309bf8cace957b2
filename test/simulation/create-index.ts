import { MemoryIndex } from '#adapters/memory-search/memory-index.ts'
import { UNDIVIDED } from '#adapters/time-slice.ts'

/** An index that takes no turn of the event loop: the scheduler waits for tasks that send commands only. */
export const createIndex = (): MemoryIndex => new MemoryIndex({ slice: UNDIVIDED })

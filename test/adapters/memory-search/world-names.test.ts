import { MemoryIndex } from '#adapters/memory-search/memory-index.ts'
import { worldNames } from '../world-names.ts'

worldNames('the index in memory', async () => new MemoryIndex())

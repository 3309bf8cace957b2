import { MemoryIndex } from '#adapters/memory-search/memory-index.ts'
import { namesAndNumbersAsTheyStand } from '../as-it-stands.ts'
import { worldNames } from '../world-names.ts'
import { writtenNames } from '../written-names.ts'

for (const names of [worldNames, writtenNames, namesAndNumbersAsTheyStand])
  names('the index in memory', async () => new MemoryIndex())

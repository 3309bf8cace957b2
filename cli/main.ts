import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'
import { toCode } from './failure.ts'

// A short command is mostly start-up: what has been compiled once halves it. In the project's own folder, where nobody else writes.
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/registry-cli', import.meta.url)))
const { main } = await import('./dispatch.ts')

// Whoever reads the output may have seen enough: `registry export | head`.
process.stdout.on('error', error => {
  if (toCode(error) !== 'EPIPE') throw error
  process.exit(0)
})
process.exitCode = await main(process.argv.slice(2))

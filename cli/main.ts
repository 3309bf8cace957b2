import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'
import { toCode } from './failure.ts'

// Starting up takes most of a short command's time; the compile cache halves it. The cache is in the project's own folder.
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/registry-cli', import.meta.url)))
const { main } = await import('./dispatch.ts')

// The reader of the output may close it early: `registry export | head`.
process.stdout.on('error', error => {
  if (toCode(error) !== 'EPIPE') throw error
  process.exit(0)
})
process.exitCode = await main(process.argv.slice(2))

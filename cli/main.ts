import module from 'node:module'
import { fileURLToPath } from 'node:url'
import { toCode } from './failure.ts'

// Starting up takes most of a short command's time; the compile cache halves it. The cache is in the project's own folder. Node 20 has none.
module.enableCompileCache?.(fileURLToPath(new URL('../node_modules/.cache/registry-cli', import.meta.url)))
try {
  // Variables that are set take precedence.
  process.loadEnvFile('.env')
} catch (error) {
  if (toCode(error) !== 'ENOENT') throw error
}
const { main } = await import('./dispatch.ts')

// The reader of the output may close it early: `registry export | head`.
process.stdout.on('error', error => {
  if (toCode(error) !== 'EPIPE') throw error
  process.exit(0)
})
process.exitCode = await main(process.argv.slice(2))

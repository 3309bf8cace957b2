/**
 * `npm run -s bench:rebuild-views -- [--customers 3600] [--runs 2]`: starts a location with generated customers and prints, for each of
 * several runs of `registry rebuild-views`, the records and the seconds, as JSON.
 */
import { execFile } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { parseArgs, promisify } from 'node:util'
import { freePorts } from '../e2e/free-ports.ts'
import { freshFolder, LocalServer } from '../e2e/server.ts'
import { until } from '../e2e/until.ts'

const { values } = parseArgs({
  options: { customers: { type: 'string', default: '3600' }, runs: { type: 'string', default: '2' } },
})
const folder = await freshFolder()
const server = new LocalServer(await freePorts(), folder, { REGISTRY_SAMPLE: '0', REGISTRY_LOCATIONS: '1' })
const env = {
  ...process.env,
  REGISTRY_URL: `http://127.0.0.1:${server.port}`,
  REGISTRY_USER: 'provider',
  REGISTRY_PASSWORD: 'provider',
}
const command = async (...args: string[]) => (await promisify(execFile)(process.execPath, args, { env })).stdout

try {
  await until(() => /^ready$/m.test(server.run.stdout), 60_000, 'the line ready')
  await command('local/sample/generate.ts', '--extras', values.customers)
  for (let run = 0; run < Number(values.runs); run++)
    process.stdout.write(await command('cli/main.ts', 'rebuild-views', '--json'))
} finally {
  await server.end()
  await rm(folder, { recursive: true })
}

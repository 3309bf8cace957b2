/**
 * `npm run test:e2e`: the tests through the API, each file with a server of its own. `-- --url URL[,URL2]` aims them at what runs there, one
 * URL a location, and puts the sample on its list first: they write to it, so it is to be one for tests. What else is said goes to jest.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const { values, tokens } = parseArgs({ options: { url: { type: 'string' } }, strict: false, tokens: true })
const said = process.argv.slice(2)
const ours = tokens.flatMap(token => (token.kind === 'option' && token.name === 'url' ? [token] : []))
const taken = new Set(ours.flatMap(({ index, inlineValue }) => (inlineValue ? [index] : [index, index + 1])))
const forJest = said.filter((_, n) => !taken.has(n))

if (typeof values.url === 'string') {
  process.env.E2E_URL = values.url
  const { GIVEN_URLS } = await import('./target.ts')
  const { putSample } = await import('./sample.ts')
  // One list: what one location is told, the others are.
  await putSample(GIVEN_URLS?.[0] ?? '')
}
const jest = [
  ...['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'],
  // One list for all files: what one does another would see.
  ...(values.url === undefined
    ? []
    : ['--runInBand', '--testSequencer=./test/e2e/sequencer.ts', '--testTimeout=400000']),
  ...(forJest.some(one => one.includes('test/e2e')) ? [] : ['test/e2e/']),
  ...forJest,
]
const cwd = fileURLToPath(new URL('../..', import.meta.url))
const [code] = await once(spawn(process.execPath, jest, { cwd, stdio: 'inherit' }), 'exit')
process.exitCode = typeof code === 'number' ? code : 1

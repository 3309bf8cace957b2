/**
 * `npm run test:e2e`: the tests through the API, each file with its own server. `-- --url URL[,URL2]` runs them against a deployment,
 * one URL a location, after loading the sample there. They write to its list, so it must be a test deployment. Other arguments go to jest.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const { values, tokens } = parseArgs({ options: { url: { type: 'string' } }, strict: false, tokens: true })
const args = process.argv.slice(2)
const urlTokens = tokens.flatMap(token => (token.kind === 'option' && token.name === 'url' ? [token] : []))
const urlArguments = new Set(
  urlTokens.flatMap(({ index, inlineValue }) => (inlineValue ? [index] : [index, index + 1])),
)
const jestArguments = args.filter((_, n) => !urlArguments.has(n))

if (typeof values.url === 'string') {
  process.env.E2E_URL = values.url
  const { TARGET_URLS: GIVEN_URLS } = await import('./target.ts')
  const { putSample } = await import('./sample.ts')
  // The locations share one list, so the sample is loaded at the first.
  await putSample(GIVEN_URLS?.[0] ?? '')
}
const jest = [
  ...['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'],
  // All files share one list, so each sees the changes of the others.
  ...(values.url === undefined
    ? []
    : ['--runInBand', '--testSequencer=./test/e2e/sequencer.ts', '--testTimeout=400000']),
  ...(jestArguments.some(argument => argument.includes('test/e2e')) ? [] : ['test/e2e/']),
  ...jestArguments,
]
const cwd = fileURLToPath(new URL('../..', import.meta.url))
const [code] = await once(spawn(process.execPath, jest, { cwd, stdio: 'inherit' }), 'exit')
process.exitCode = typeof code === 'number' ? code : 1

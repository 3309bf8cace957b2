/**
 * `npm run test:e2e`: the tests through the API, each file with a server of its own. `-- --url URL[,URL2]` aims them at what runs there, one
 * URL a location: they write to its list, so it is to be one for tests. What else is said goes to jest.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const { values, tokens } = parseArgs({
  options: { url: { type: 'string' } },
  strict: false,
  tokens: true,
})
const { url } = values
const ours = new Set(tokens.flatMap(token => (token.kind === 'option' && token.name === 'url' ? [token.index] : [])))

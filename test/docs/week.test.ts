import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from '@jest/globals'
import { freePorts } from '../e2e/free-ports.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

test("the provider's week runs as written, and each of its checks holds", async () => {
  const port = await freePorts(2)
  const environment = Object.entries(process.env).filter(([name]) => !/^(REGISTRY_|JEST_|NODE_)/.test(name))
  const { stdout } = await promisify(execFile)('docs/week.sh', {
    cwd: ROOT,
    env: { ...Object.fromEntries(environment), REGISTRY_PORT: String(port) },
    maxBuffer: 10_000_000,
  })
  expect(stdout.trimEnd().split('\n').at(-1)).toBe('The week is over: everything was as expected.')
}, 600_000)

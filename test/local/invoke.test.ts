import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

interface Output {
  code: number
  stdout: string
  stderr: string
}

/** Runs `npm run -s invoke` and returns its output. */
const runInvoke = (...args: string[]): Promise<Output> =>
  new Promise(resolve => {
    execFile(process.execPath, ['local/invoke.ts', ...args], { cwd: ROOT }, (failed, stdout, stderr) =>
      resolve({ code: failed === null ? 0 : Number(failed.code), stdout, stderr }),
    )
  })

test.each([
  ['customers', 'customers', { statusCode: 201 }],
  ['authorizer', 'authorizer', { principalId: 'agent', context: { role: 'agent' } }],
  ['reconcile', 'registry-stream', { batchItemFailures: [] }],
  ['heartbeat', 'heartbeat', null],
])('%s handles its sample event with separate tables', async (name, file, expected) => {
  const { code, stdout, stderr } = await runInvoke(name, `events/${file}.json`)
  expect({ code, error: stderr }).toEqual({ code: 0, error: '' })
  const result: unknown = JSON.parse(stdout)
  if (expected === null) expect(result).toBeNull()
  else expect(result).toMatchObject(expected)
})

test('search finds a customer of the sample', async () => {
  const event = JSON.parse(await readFile(join(ROOT, 'events/search.json'), 'utf8'))
  const folder = await mkdtemp(join(tmpdir(), 'invoke-'))
  try {
    const file = join(folder, 'search.json')
    await writeFile(file, JSON.stringify({ ...event, body: JSON.stringify({ q: 'Ekaterina Iwanowa' }) }))
    const { body } = JSON.parse((await runInvoke('search', file)).stdout)
    expect(JSON.parse(body).items[0].customer).toMatchObject({ surname: 'Иванова' })
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('a response with an error status makes it exit with 1', async () => {
  const event = JSON.parse(await readFile(join(ROOT, 'events/search.json'), 'utf8'))
  const folder = await mkdtemp(join(tmpdir(), 'invoke-'))
  try {
    const file = join(folder, 'search.json')
    await writeFile(file, JSON.stringify({ ...event, body: '{}' }))
    const { code, stdout } = await runInvoke('search', file)
    expect({ code, statusCode: JSON.parse(stdout).statusCode }).toEqual({ code: 1, statusCode: 400 })
  } finally {
    await rm(folder, { recursive: true })
  }
})

test.each([
  [[], 'Which function'],
  [['customers'], 'Which function'],
  [['nobody', 'events/customers.json'], 'There is no function nobody'],
  [['customers', 'events/none.json'], 'events/none.json cannot be read'],
  [['customers', 'README.md'], 'README.md is not valid JSON'],
])('%j prints one line that says what is wrong', async (args, message) => {
  const { code, stdout, stderr } = await runInvoke(...args)
  expect({ code, out: stdout }).toEqual({ code: 1, out: '' })
  expect(stderr).toContain(message)
  expect(stderr.trim().split('\n')).toHaveLength(1)
})

import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

interface Said {
  code: number
  out: string
  error: string
}

/** What `npm run -s invoke` says. */
const invoked = (...words: string[]): Promise<Said> =>
  new Promise(resolve => {
    execFile(process.execPath, ['local/invoke.ts', ...words], { cwd: ROOT }, (failed, out, error) =>
      resolve({ code: failed === null ? 0 : Number(failed.code), out, error }),
    )
  })

test.each([
  ['customers', 'customers', { statusCode: 201 }],
  ['authorizer', 'authorizer', { principalId: 'agent', context: { role: 'agent' } }],
  ['reconcile', 'registry-stream', { batchItemFailures: [] }],
  ['heartbeat', 'heartbeat', null],
])('%s answers its sample event, among tables of its own', async (name, file, answer) => {
  const { code, out, error } = await invoked(name, `events/${file}.json`)
  expect({ code, error }).toEqual({ code: 0, error: '' })
  const said: unknown = JSON.parse(out)
  if (answer === null) expect(said).toBeNull()
  else expect(said).toMatchObject(answer)
})

test('whoever is in the sample is found', async () => {
  const event = JSON.parse(await readFile(join(ROOT, 'events/search.json'), 'utf8'))
  const folder = await mkdtemp(join(tmpdir(), 'invoke-'))
  try {
    const file = join(folder, 'search.json')
    await writeFile(file, JSON.stringify({ ...event, body: JSON.stringify({ q: 'Ekaterina Iwanowa' }) }))
    const { body } = JSON.parse((await invoked('search', file)).out)
    expect(JSON.parse(body).items[0].customer).toMatchObject({ surname: 'Иванова' })
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
])('%j is told in one line what is wrong', async (words, said) => {
  const { code, out, error } = await invoked(...words)
  expect({ code, out }).toEqual({ code: 1, out: '' })
  expect(error).toContain(said)
  expect(error.trim().split('\n')).toHaveLength(1)
})

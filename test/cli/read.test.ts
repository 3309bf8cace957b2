import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { customer } from '#contract/schemas/customer.ts'
import { lookupAnswer, searchAnswer } from '#contract/schemas/query.ts'
import { ping } from '#contract/schemas/service.ts'
import { startServer, type TestServer } from '../e2e/server.ts'
import { until } from '../e2e/until.ts'
import { Folder, runRegistry } from './run.ts'

let server: TestServer
let folder: Folder
let id: string

const runCommand = (...words: string[]) => runRegistry(words, { REGISTRY_URL: server.url })

beforeAll(async () => {
  ;[server, folder] = await Promise.all([startServer({ REGISTRY_SAMPLE: '0' }), Folder.create()])
  const token = await server.token('agent')
  const provider = await server.token('provider')
  for (const field of [
    { name: 'city', type: 'text', searchable: true },
    { name: 'height_cm', type: 'number' },
  ]) {
    await server.api('POST', '/v1/fields', { token, body: field })
    await server.api('POST', `/v1/fields/${field.name}/authorise`, { token: provider })
  }
  const people = [
    { surname: 'Müller, "M"', given_name: 'Jürgen', dob: '1970-01-02', document_number: 'CLI-1', details: {} },
    {
      surname: '山田',
      given_name: '太郎',
      dob: '1980',
      document_number: 'CLI-2',
      details: { city: 'Gent', height_cm: 170 },
    },
    ...Array.from({ length: 105 }, (_, n) => ({ surname: 'Many', given_name: `No ${n}` })),
  ]
  const created = await Promise.all(people.map(body => server.api('POST', '/v1/customers', { token, body })))
  id = created[0]?.as(customer).id ?? ''
  await server.api('PATCH', `/v1/customers/${id}`, { token, body: { given_name: 'Georg' } })
  const searchGeorg = async () =>
    (await server.api('POST', '/v1/search', { token, body: { q: 'Georg', mode: 'exact' } })).as(searchAnswer)
  await until(async () => (await searchGeorg()).items.length === 1, 10_000, 'the index')
})
afterAll(() => Promise.all([server.stop(), folder.remove()]))

describe('one customer', () => {
  test('who is not alike enough is found with a warning', async () => {
    const { code, stdout, stderr } = await runCommand('search', 'georg', 'quixotry')
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: 'registry: nobody agrees well enough: these are the most similar customers\n',
    })
    expect(stdout).toContain(id)
  })

  test('is found by a misspelt name, as a table', async () => {
    const { code, stdout } = await runCommand('search', 'muler', 'georg')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^score {2}grade +surname/)
    expect(stdout).toContain(id)
  })

  test('is found as JSON, and a search without results says so', async () => {
    const { stdout } = await runCommand('search', 'CLI-2', '--mode', 'exact', '--limit', '1', '--json')
    expect(searchAnswer.parse(JSON.parse(stdout)).items.map(({ customer }) => customer.surname)).toEqual(['山田'])
    expect(await runCommand('search', 'qqqqqq', '--mode', 'exact')).toEqual({
      code: 0,
      stdout: 'nobody found\n',
      stderr: '',
    })
  })

  test.each<[words: string[], surnames: string[]]>([
    [['--surname', 'yamada'], ['山田']],
    [['--surname', 'muller', '--given-name', 'georg'], ['Müller, "M"']],
    [['yamada', '--dob', '1981'], []],
    [['yamada', '--dob', '1981', '--dob-tolerance-years', '1'], ['山田']],
    [['--dob', '2 January 1970'], ['Müller, "M"']],
    [['--document-number', 'cli2'], ['山田']],
    [['--detail', 'city=Gent'], ['山田']],
    [['yamada', '--detail', 'city=Gent', '--detail', 'height_cm=170'], ['山田']],
    [['yamada', '--detail', 'height_cm=171'], []],
    [['georg', '--type', 'INSTITUTION'], []],
    [['georg', '--state', 'deleted'], []],
  ])('is found by %j', async (words, surnames) => {
    const { stdout, stderr } = await runCommand('search', ...words, '--json')
    expect(stderr).toBe('')
    const { items } = searchAnswer.parse(JSON.parse(stdout))
    expect(items.map(({ customer }) => customer.surname)).toEqual(surnames)
  })

  test('is shown, now and as of a time', async () => {
    expect((await runCommand('get', id)).stdout).toMatch(/^given_name +Georg$/m)
    const { stdout } = await runCommand('history', id, '--json')
    const versions: { valid_from: string; action: string }[] = JSON.parse(stdout).items
    expect(versions.map(({ action }) => action)).toEqual(['update', 'create'])
    const before = await runCommand('get', id, '--as-of', versions[1]?.valid_from ?? '', '--json')
    expect(customer.parse(JSON.parse(before.stdout)).given_name).toBe('Jürgen')
  })

  test('has its history as a table, with a hint when it is cut off', async () => {
    const { code, stdout, stderr } = await runCommand('history', id, '--limit', '1')
    expect(code).toBe(0)
    expect(stdout.trimEnd().split('\n')).toHaveLength(2)
    expect(stdout).toContain('update')
    expect(stderr).toContain('there are older versions')
  })

  test('that is unknown is reported', async () => {
    expect(await runCommand('get', '00000000-0000-4000-8000-000000000000')).toEqual({
      code: 1,
      stdout: '',
      stderr: 'registry get: Customer not found\n',
    })
  })
})

describe('a lookup', () => {
  test('needs no credentials', async () => {
    const args = ['lookup', '--surname', 'Müller, "M"', '--document-number', 'CLI-1', '--json']
    const { stdout } = await runRegistry(args, { REGISTRY_URL: server.url, REGISTRY_TOKEN: 'none' })
    expect(lookupAnswer.parse(JSON.parse(stdout)).answer).toBe('listed')
  })

  test('reports all errors', async () => {
    const { code, stderr } = await runCommand('lookup', '--surname', 'X', '--dob', '1999-02-30')
    expect(code).toBe(1)
    expect(stderr).toContain('dob is not a valid date')
  })
})

describe('an export', () => {
  test('writes the whole list to standard output as NDJSON', async () => {
    const { code, stdout, stderr } = await runCommand('export')
    const customers = stdout
      .trimEnd()
      .split('\n')
      .map(line => customer.parse(JSON.parse(line)))
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'registry: 107 customers\n' })
    expect(new Set(customers.map(customer => customer.id)).size).toBe(107)
  })

  test('writes CSV to a file that appears when it is complete', async () => {
    const file = folder.resolve('list.csv')
    expect((await runCommand('export', '--out', file, '--format', 'csv')).code).toBe(0)
    const [header, ...rows] = (await readFile(file, 'utf8')).trimEnd().split('\n')
    expect(header).toMatch(/^id,type,surname,given_name,dob,document_number,state,/)
    expect(rows).toHaveLength(107)
    expect(rows.find(row => row.startsWith(id))).toContain('PERSON,"Müller, ""M""",Georg,1970-01-02,CLI-1,active')
    expect(existsSync(`${file}.partial`)).toBe(false)
  })

  test.each<[words: string[], surnames: string[]]>([
    [['--q', 'geo', '--sort', 'surname'], ['Müller, "M"']],
    [['--detail', 'city=Gent'], ['山田']],
    [['--detail', 'height_cm=171'], []],
    [['--source', 'none'], []],
  ])('has the customers of %j', async (words, surnames) => {
    const { code, stdout } = await runCommand('export', ...words)
    expect(code).toBe(0)
    const customers = stdout.split('\n').flatMap(line => (line === '' ? [] : [customer.parse(JSON.parse(line))]))
    expect(customers.map(({ surname }) => surname)).toEqual(surnames)
  })

  test('is in the order of --sort, both ways', async () => {
    const surnames = async (...words: string[]) => {
      const { stdout } = await runCommand('export', '--format', 'csv', ...words)
      return stdout
        .split('\n')
        .slice(1, -1)
        .map(line => line.split(',')[2])
    }
    const up = await surnames('--sort', 'surname')
    expect([up.length, up[0], up.at(-1)]).toEqual([107, 'Many', '山田'])
    expect((await surnames('--sort=-surname')).slice(0, 2)).toEqual(['山田', '"Müller'])
  })

  test('as of a time before the first customer is empty', async () => {
    expect(await runCommand('export', '--as-of', '2001-01-01', '--state', 'all')).toEqual({
      code: 0,
      stdout: '',
      stderr: 'registry: 0 customers\n',
    })
  })

  test('refuses a folder as output file', async () => {
    const { code, stderr } = await runCommand('export', '--out', folder.path)
    expect(code).toBe(1)
    expect(stderr).toContain(`${folder.path} is not a file`)
  })

  test('refuses an output file in a missing folder', async () => {
    const { code, stderr } = await runCommand('export', '--out', folder.resolve('none/list.csv'))
    expect(code).toBe(1)
    expect(stderr).toMatch(/none\/list\.csv cannot be written \(ENOENT\)\n$/)
  })
})

describe('a user', () => {
  test('gets a token that can be used', async () => {
    const { stdout } = await runCommand('token')
    const { code } = await runRegistry(['get', id], { REGISTRY_URL: server.url, REGISTRY_TOKEN: stdout.trim() })
    expect(code).toBe(0)
  })

  test.each([
    ['an invalid token', ['get'], { REGISTRY_TOKEN: 'none' }, 'The token in REGISTRY_TOKEN is invalid or has expired'],
    ['a wrong password', ['get'], { REGISTRY_PASSWORD: 'hunter2' }, 'Invalid username or password'],
    ['a user without a password', ['get'], { REGISTRY_USER: 'provider' }, 'no credentials'],
  ])('with %s gets a clear message', async (_, args, environment, message) => {
    const { code, stdout, stderr } = await runRegistry([...args, id], { REGISTRY_URL: server.url, ...environment })
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain(message)
    expect(stderr).not.toContain('hunter2')
  })
})

test('the status is printed as a table and as JSON', async () => {
  const { code, stdout } = await runCommand('status')
  expect(code).toBe(0)
  expect(stdout).toMatch(/^status +up$/m)
  expect(ping.parse(JSON.parse((await runCommand('status', '--json')).stdout)).search.status).toBe('up')
})

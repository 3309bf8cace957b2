import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { customer } from '#contract/schemas/customer.ts'
import { lookupAnswer, searchAnswer } from '#contract/schemas/query.ts'
import { ping } from '#contract/schemas/service.ts'
import { startServer, type TestServer } from '../e2e/server.ts'
import { until } from '../e2e/until.ts'
import { Folder, registry } from './run.ts'

let server: TestServer
let folder: Folder
let id: string

const ask = (...words: string[]) => registry(words, { REGISTRY_URL: server.url })

beforeAll(async () => {
  ;[server, folder] = await Promise.all([startServer({ REGISTRY_SAMPLE: '0' }), Folder.make()])
  const token = await server.token('agent')
  const people = [
    { surname: 'Müller, "M"', given_name: 'Jürgen', dob: '1970-01-02', document_number: 'CLI-1', details: {} },
    { surname: '山田', given_name: '太郎', dob: '1980', document_number: 'CLI-2' },
    ...Array.from({ length: 105 }, (_, n) => ({ surname: 'Many', given_name: `No ${n}` })),
  ]
  const made = await Promise.all(people.map(body => server.api('POST', '/v1/customers', { token, body })))
  id = made[0]?.as(customer).id ?? ''
  await server.api('PATCH', `/v1/customers/${id}`, { token, body: { given_name: 'Georg' } })
  const indexed = async () =>
    (await server.api('POST', '/v1/search', { token, body: { q: 'Georg', mode: 'exact' } })).as(searchAnswer)
  await until(async () => (await indexed()).items.length === 1, 10_000, 'the index')
})
afterAll(() => Promise.all([server.stop(), folder.remove()]))

describe('one customer', () => {
  test('is found from a misspelt name, as a table', async () => {
    const { code, stdout } = await ask('search', 'muler', 'georg')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^score {2}grade +surname/)
    expect(stdout).toContain(id)
  })

  test('is found as JSON for programs, and nobody is said to be so', async () => {
    const { stdout } = await ask('search', 'CLI-2', '--mode', 'exact', '--limit', '1', '--json')
    expect(searchAnswer.parse(JSON.parse(stdout)).items.map(({ customer }) => customer.surname)).toEqual(['山田'])
    expect(await ask('search', 'qqqqqq', '--mode', 'exact')).toEqual({ code: 0, stdout: 'nobody found\n', stderr: '' })
  })

  test('is shown, now and as it was', async () => {
    expect((await ask('get', id)).stdout).toMatch(/^given_name +Georg$/m)
    const { stdout } = await ask('history', id, '--json')
    const versions: { valid_from: string; action: string }[] = JSON.parse(stdout).items
    expect(versions.map(({ action }) => action)).toEqual(['update', 'create'])
    const before = await ask('get', id, '--as-of', versions[1]?.valid_from ?? '', '--json')
    expect(customer.parse(JSON.parse(before.stdout)).given_name).toBe('Jürgen')
  })

  test('has its history as a table, cut where it is said', async () => {
    const { code, stdout, stderr } = await ask('history', id, '--limit', '1')
    expect(code).toBe(0)
    expect(stdout.trimEnd().split('\n')).toHaveLength(2)
    expect(stdout).toContain('update')
    expect(stderr).toContain('there are older versions')
  })

  test('that is not there is said not to be', async () => {
    expect(await ask('get', '00000000-0000-4000-8000-000000000000')).toEqual({
      code: 1,
      stdout: '',
      stderr: 'registry get: Customer not found\n',
    })
  })
})

describe('a lookup', () => {
  test('needs no user', async () => {
    const words = ['lookup', '--surname', 'Müller, "M"', '--document-number', 'CLI-1', '--json']
    const { stdout } = await registry(words, { REGISTRY_URL: server.url, REGISTRY_TOKEN: 'none' })
    expect(lookupAnswer.parse(JSON.parse(stdout)).answer).toBe('listed')
  })

  test('says what is wrong with it, all of it', async () => {
    const { code, stderr } = await ask('lookup', '--surname', 'X', '--dob', '1999-02-30')
    expect(code).toBe(1)
    expect(stderr).toContain('dob is not a valid date')
  })
})

describe('the list is written out', () => {
  test('whole, to standard output, as NDJSON', async () => {
    const { code, stdout, stderr } = await ask('export')
    const customers = stdout
      .trimEnd()
      .split('\n')
      .map(line => customer.parse(JSON.parse(line)))
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'registry: 107 customers\n' })
    expect(new Set(customers.map(one => one.id)).size).toBe(107)
  })

  test('as CSV to a file, which is there when it is whole', async () => {
    const out = folder.at('list.csv')
    expect((await ask('export', '--out', out, '--format', 'csv')).code).toBe(0)
    const [header, ...rows] = (await readFile(out, 'utf8')).trimEnd().split('\n')
    expect(header).toMatch(/^id,type,surname,given_name,dob,document_number,state,/)
    expect(rows).toHaveLength(107)
    expect(rows.find(row => row.startsWith(id))).toContain('PERSON,"Müller, ""M""",Georg,1970-01-02,CLI-1,active')
    expect(existsSync(`${out}.partial`)).toBe(false)
  })

  test('as it was before anybody was on it', async () => {
    expect(await ask('export', '--as-of', '2001-01-01', '--state', 'all')).toEqual({
      code: 0,
      stdout: '',
      stderr: 'registry: 0 customers\n',
    })
  })

  test('not in the place of a folder', async () => {
    const { code, stderr } = await ask('export', '--out', folder.path)
    expect(code).toBe(1)
    expect(stderr).toContain(`${folder.path} is not a file`)
  })

  test('not to a folder that is not there', async () => {
    const { code, stderr } = await ask('export', '--out', folder.at('none/list.csv'))
    expect(code).toBe(1)
    expect(stderr).toMatch(/none\/list\.csv cannot be written \(ENOENT\)\n$/)
  })
})

describe('who asks', () => {
  test('gets a token that can be used', async () => {
    const { stdout } = await ask('token')
    const { code } = await registry(['get', id], { REGISTRY_URL: server.url, REGISTRY_TOKEN: stdout.trim() })
    expect(code).toBe(0)
  })

  test.each([
    ['a token that is none', ['get'], { REGISTRY_TOKEN: 'none' }, 'The token in REGISTRY_TOKEN is not valid'],
    ['a wrong password', ['get'], { REGISTRY_PASSWORD: 'hunter2' }, 'Invalid username or password'],
    ['a user without a password', ['get'], { REGISTRY_USER: 'provider' }, 'no credentials'],
  ])('with %s is told so', async (_, words, environment, says) => {
    const { code, stdout, stderr } = await registry([...words, id], { REGISTRY_URL: server.url, ...environment })
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain(says)
    expect(stderr).not.toContain('hunter2')
  })
})

test('the state of the registry is told, to people and to programs', async () => {
  const { code, stdout } = await ask('status')
  expect(code).toBe(0)
  expect(stdout).toMatch(/^status +up$/m)
  expect(ping.parse(JSON.parse((await ask('status', '--json')).stdout)).search.status).toBe('up')
})

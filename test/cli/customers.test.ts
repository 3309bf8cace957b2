import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { customer, customerList, diffList } from '#contract/schemas/customer.ts'
import { duplicateQueue, duplicatesAnswer } from '#contract/schemas/duplicates.ts'
import { lookupAnswer, searchAnswer } from '#contract/schemas/query.ts'
import { erasureAnswer } from '#contract/schemas/retention.ts'
import { startServer, type TestServer } from '../e2e/server.ts'
import { until } from '../e2e/until.ts'
import { runRegistry } from './run.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer({ REGISTRY_SAMPLE: '0' })
  const [token, provider] = await Promise.all([server.token('agent'), server.token('provider')])
  for (const body of [
    { name: 'city', type: 'text' },
    { name: 'height_cm', type: 'number' },
  ]) {
    await server.api('POST', '/v1/fields', { token, body })
    await server.api('POST', `/v1/fields/${body.name}/authorise`, { token: provider })
  }
})
afterAll(() => server.stop())

const run = (...args: string[]) => runRegistry(args, { REGISTRY_URL: server.url })
const created = async (...args: string[]) => customer.parse(JSON.parse((await run('create', ...args, '--json')).stdout))
const read = async (id: string, ...args: string[]) =>
  customer.parse(JSON.parse((await run('get', id, ...args, '--json')).stdout))

describe('one customer', () => {
  test('is created with all fields, and shown as lines', async () => {
    const { code, stdout } = await run(
      ...[
        'create',
        '--type',
        'INSTITUTION',
        '--surname',
        'Wave Bakery',
        '--given-name',
        'North',
        '--dob',
        '12.04.1985',
      ],
      ...['--dob-approximate', '--document-number', 'W-1', '--detail', 'city=Gent', '--detail', 'height_cm=170'],
    )
    expect(code).toBe(0)
    for (const line of ['type +INSTITUTION', 'surname +Wave Bakery', 'dob +1985-04-12', 'details.height_cm +170'])
      expect(stdout).toMatch(new RegExp(`^${line}$`, 'm'))
  })

  test('is changed, and only the stated fields', async () => {
    const { id } = await created('--surname', 'Updated', '--given-name', 'Una', '--detail', 'city=Gent')
    const { code, stdout } = await run('update', id, '--surname', 'Renamed', '--clear', 'details.city')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^surname +Renamed$/m)
    expect(await read(id)).toMatchObject({ surname: 'Renamed', given_name: 'Una', details: {} })
  })

  test('is replaced: other fields are cleared', async () => {
    const { id } = await created('--surname', 'Replaced', '--given-name', 'Una', '--detail', 'city=Gent')
    expect((await run('update', id, '--replace', '--surname', 'Other')).code).toBe(0)
    expect(await read(id)).toMatchObject({ surname: 'Other', given_name: null, details: {} })
  })

  test('is changed only in the state that was read', async () => {
    const { id } = await created('--surname', 'Guarded')
    const { code, stderr } = await run('update', id, '--surname', 'Late', '--if-match', '"another"')
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('If-Match') })
    expect(await read(id)).toMatchObject({ surname: 'Guarded' })
  })

  test('is changed in a state whose entity tag begins with a dash', async () => {
    const { id } = await created('--surname', 'Dashed')
    const { code, stderr } = await run(
      'update',
      id,
      '--note',
      '-',
      '--if-match',
      '-6Zk_3aYx0Qm1sTU',
      '--surname',
      '-Dash',
    )
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('If-Match') })
    expect((await run('update', id, '--note', '-', '--surname', '-Dash')).stdout).toMatch(/^surname +-Dash$/m)
    expect((await run('update', id, '--surname', '--json')).stderr).toContain("Option '--surname'")
    expect((await run('update', id, '--json', '-Dash')).stderr).toContain("Unknown option '-D'")
  })

  test('is changed and deleted in the state that list and search print', async () => {
    const { id } = await created('--surname', 'Etagged')
    const printed = customerList.pick({ items: true })
    const [listed] = printed.parse(JSON.parse((await run('list', '--q', 'etagged', '--json')).stdout)).items
    const update = (surname: string) => run('update', id, '--surname', surname, '--if-match', listed?.etag ?? '')
    expect((await update('Etagged-Berg')).code).toBe(0)
    expect(await update('Late')).toMatchObject({ code: 1, stderr: expect.stringContaining('If-Match') })
    const search = async () =>
      searchAnswer.parse(JSON.parse((await run('search', 'etagged berg', '--json')).stdout)).items
    // The index still has the earlier name for a moment, and 'etagged berg' finds that too.
    const changed = async () => (await search()).find(hit => hit.customer.surname === 'Etagged-Berg')
    await until(async () => (await changed()) !== undefined, 10_000, 'the changed name to be found')
    const hit = await changed()
    // A shell takes quotes off.
    const unquoted = hit?.customer.etag?.replaceAll('"', '') ?? ''
    expect((await run('delete', id, '--if-match', unquoted)).stdout).toMatch(/^state +deleted$/m)
  })

  test('has the reason of each change in its history', async () => {
    const { id } = await created('--surname', 'Reasons', '--note', 'at the counter')
    await run('update', id, '--surname', 'Reason', '--note', 'spelt wrong')
    await run('delete', id, '--note', 'by mistake')
    await run('restore', id, '--note', 'put back')
    const notes = (await run('history', id)).stdout.split('\n').map(line => line.trim().split(/ {2,}/).at(-1))
    expect(notes.slice(1, 5)).toEqual(['put back', 'by mistake', 'spelt wrong', 'at the counter'])
  })

  test('is deleted and restored', async () => {
    const { id } = await created('--surname', 'Deleted')
    expect((await run('delete', id)).stdout).toMatch(/^state +deleted$/m)
    expect((await run('list', '--q', 'deleted')).stdout).not.toContain(id)
    expect((await run('restore', id)).stdout).toMatch(/^state +active$/m)
    expect((await run('list', '--q', 'deleted')).stdout).toMatch(new RegExp(`^Deleted .* PERSON +active +${id}$`, 'm'))
  })

  test.each<[args: string[], says: string]>([
    [['create'], 'surname'],
    [['create', '--dob', '1985-13'], '--dob is not a valid date'],
    [['create', '--surname', 'X', '--detail', 'shoe=44'], 'shoe'],
    [['update', 'Garcia', '--surname', 'X'], 'ID is not a customer id'],
    [['update', '8799ff9e-b70d-533a-ba9c-57a1421799f8', '--clear', 'state'], '--clear must be one of surname'],
    [['update', '8799ff9e-b70d-533a-ba9c-57a1421799f8', '--clear', 'dob', '--dob', '1985'], 'states and clears --dob'],
    [['delete', '8799ff9e-b70d-533a-ba9c-57a1421799f8'], 'not found'],
    [['merge', '8799ff9e-b70d-533a-ba9c-57a1421799f8'], 'must be two ids'],
  ])('%j is refused', async (args, message) => {
    const { code, stdout, stderr } = await run(...args)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr.toLowerCase()).toContain(message.toLowerCase())
  })
})

describe('a date', () => {
  let id: string
  beforeAll(async () => {
    ;({ id } = await created('--surname', 'Dated', '--valid-from', '2020-05-01T08:00:00Z'))
    await run('update', id, '--surname', 'Dated-Berg', '--valid-from', '2020-06-02T15:00:00Z')
  })

  test.each([
    ['2020-04-30', 0],
    ['2020-05-01', 1],
    ['2020-05-01T07:59:59Z', 0],
  ])('list --as-of %s means the end of a day, and a time itself', async (asOf, count) => {
    const { stdout } = await run('list', '--as-of', asOf, '--json')
    expect(customerList.pick({ items: true }).parse(JSON.parse(stdout)).items).toHaveLength(count)
  })

  test('export --as-of and get --as-of include what began on that day', async () => {
    expect((await run('export', '--as-of', '2020-06-02')).stdout).toContain('Dated-Berg')
    expect(await read(id, '--as-of', '2020-06-02')).toMatchObject({ surname: 'Dated-Berg' })
    expect(await read(id, '--as-of', '2020-06-01')).toMatchObject({ surname: 'Dated' })
  })

  test('diff compares the ends of two days', async () => {
    const compare = async (from: string, to: string) => {
      const { stdout } = await run('diff', id, '--from', from, '--to', to, '--json')
      return diffList.pick({ items: true }).parse(JSON.parse(stdout)).items
    }
    expect(await compare('2020-06-01', '2020-06-02')).toMatchObject([
      { id, field: 'surname', before: 'Dated', after: 'Dated-Berg' },
    ])
    expect(await compare('2020-06-02', '2020-06-03')).toEqual([])
    expect((await run('diff', '--from', '2020-06-01', '--to', '2020-06-02')).stdout).toMatch(
      /Dated +Dated-Berg +agent$/m,
    )
  })

  test('is explained in the help', async () => {
    for (const name of ['list', 'export', 'get', 'diff', 'audit', 'hold'])
      expect((await run(name, '--help')).stdout).toContain('(a date: its end, UTC)')
  })
})

describe('duplicates', () => {
  test('are listed, merged, split and declared distinct', async () => {
    const person = ['--surname', 'Doppelganger', '--given-name', 'Dora', '--dob', '1970-01-02']
    const one = await created(...person)
    const ofOne = async () => {
      const { stdout } = await run('duplicates', one.id, '--json')
      return duplicatesAnswer.parse(JSON.parse(stdout)).items.map(({ customer }) => customer.id)
    }
    const other = await created(...person)
    await until(async () => (await ofOne()).includes(other.id), 20_000, 'the duplicate')
    expect((await run('duplicates', one.id)).stdout).toContain('Doppelganger Dora 1970-01-02')
    const inQueue = async () =>
      duplicateQueue
        .pick({ items: true })
        .parse(JSON.parse((await run('duplicates', '--json')).stdout))
        .items.some(({ customers }) => customers.some(({ id }) => id === one.id))
    await until(inQueue, 20_000, 'the pair')

    const merged = await run('merge', one.id, other.id, '--note', 'the same passport')
    expect(merged).toMatchObject({ code: 0, stderr: '' })
    const [lesser = '', greater = ''] = [one.id, other.id].sort()
    expect(await read(greater)).toMatchObject({ state: 'merged', merged_into: lesser })
    expect((await run('split', greater)).stdout).toMatch(/^state +active$/m)
    expect((await run('distinct', one.id, other.id)).code).toBe(0)
    await until(async () => !(await inQueue()), 20_000, 'the decision')
  })
})

describe('verify, without a user,', () => {
  const verify = (...args: string[]) => run('verify', ...args, '--user', 'nobody', '--password', 'wrong')

  test('checks the receipt of a lookup, and for whom it is', async () => {
    await created('--surname', 'Receipt', '--given-name', 'Rosa', '--dob', '1960-05-06')
    const rosa = ['--surname', 'Receipt', '--given-name', 'Rosa', '--dob', '1960-05-06']
    const { receipt } = lookupAnswer.parse(JSON.parse((await run('lookup', ...rosa, '--json')).stdout))
    expect(await verify('receipt', receipt, ...rosa)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^valid +listed, for these details$/m),
    })
    expect(await verify('receipt', receipt, '--surname', 'Other', '--dob', '1960-05-06')).toMatchObject({
      code: 2,
      stdout: expect.stringContaining('for other details'),
    })
    expect(await verify('receipt', `${receipt}x`)).toMatchObject({
      code: 2,
      stdout: expect.stringMatching(/^not valid/),
    })
  })

  test('checks a certificate of erasure', async () => {
    const { id } = await created('--surname', 'Erased')
    const erased = await run('erase', id, '--yes', '--json', '--user', 'provider', '--password', 'provider')
    const { certificate } = erasureAnswer.parse(JSON.parse(erased.stdout))
    expect(await verify('certificate', certificate)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(new RegExp(`^valid +erased ${id}$`, 'm')),
    })
    expect(await verify('certificate', `${certificate.slice(0, -2)}xx`)).toMatchObject({ code: 2 })
    expect(await verify('certificate', certificate, '--dob', '1960')).toMatchObject({ code: 1 })
  })
})

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { fieldAnswer, fieldList } from '#contract/schemas/field.ts'
import { typeAnswer, typeList } from '#contract/schemas/type.ts'
import { startServer, type TestServer } from '../e2e/server.ts'
import { runRegistry } from './run.ts'

let server: TestServer

beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.stop())

const PROVIDER = ['--user', 'provider', '--password', 'provider']
const run = (...words: string[]) => runRegistry(words, { REGISTRY_URL: server.url })
const runJson = async (...words: string[]) => {
  const { code, stdout, stderr } = await run(...words, '--json')
  expect([code, stderr]).toEqual([0, ''])
  return JSON.parse(stdout)
}

describe('registry fields', () => {
  test('requests, authorises, lists, removes and shows a field', async () => {
    const options = ['--type', 'choice', '--choices', 'Silver, Gold', '--label', 'Loyalty tier', '--searchable']
    const requested = fieldAnswer.parse(await runJson('fields', 'request', 'tier', ...options))
    expect(requested).toMatchObject({
      choices: ['Silver', 'Gold'],
      searchable: true,
      required: false,
      state: 'requested',
    })
    const table = await run('fields', 'authorise', 'tier', ...PROVIDER)
    expect(table.stdout).toMatch(/^state +authorised$/m)
    expect(table.stdout).toMatch(/^search index +/m)
    const list = await run('fields', 'list')
    expect(list.stdout).toMatch(/^name +state +type +label/)
    expect(list.stdout).toMatch(/^tier +authorised +choice +Loyalty tier +personal +yes +Silver, Gold$/m)
    const { items } = fieldList.omit({ next: true }).parse(await runJson('fields', 'list'))
    expect(items.map(({ name }) => name)).toEqual(expect.arrayContaining(['alias', 'tier', 'title']))
    expect(fieldAnswer.parse(await runJson('fields', 'remove', 'tier', ...PROVIDER)).state).toBe('removed')
    expect(fieldAnswer.parse(await runJson('fields', 'show', 'tier')).state).toBe('removed')
  })

  test('explains a refusal in one line', async () => {
    await runJson('fields', 'request', 'said_no', '--type', 'text')
    const refusals: [string[], string][] = [
      [['authorise', 'said_no'], 'This operation requires the provider role'],
      [['remove', 'said_no', ...PROVIDER], 'said_no is requested'],
      [['request', 'surname', '--type', 'text'], 'name is taken'],
      [['request', 'said_yes'], 'needs --type'],
      [['request', 'bad', '--type', 'text', '--pattern', '(a+)+$'], 'pattern repeats'],
      [['show'], 'show takes one name'],
      [['sing', 'said_no'], 'must begin with list'],
    ]
    for (const [args, message] of refusals) {
      const { code, stdout, stderr } = await run('fields', ...args)
      expect([code, stdout]).toEqual([1, ''])
      expect(stderr).toMatch(/^registry fields: [^\n]*\n$/)
      expect(stderr).toContain(message)
    }
    expect(fieldAnswer.parse(await runJson('fields', 'reject', 'said_no', ...PROVIDER)).state).toBe('rejected')
  })
})

describe('registry types', () => {
  test('requests, authorises, lists and removes a type', async () => {
    expect(typeAnswer.parse(await runJson('types', 'request', 'PARTNER', '--label', 'Partner')).state).toBe('requested')
    expect((await run('types', 'authorise', 'PARTNER', ...PROVIDER)).stdout).toMatch(/^state +authorised$/m)
    expect((await run('types', 'list')).stdout).toMatch(
      /^PERSON +authorised +Person +built in\n(?:.*\n)*PARTNER +authorised/m,
    )
    const { items } = typeList.omit({ next: true }).parse(await runJson('types', 'list'))
    expect(items.map(({ name }) => name)).toEqual(['PERSON', 'INSTITUTION', 'PARTNER'])
    expect((await run('types', 'remove', 'PERSON', ...PROVIDER)).stderr).toContain('built in')
    expect(typeAnswer.parse(await runJson('types', 'remove', 'PARTNER', ...PROVIDER)).state).toBe('removed')
  })
})

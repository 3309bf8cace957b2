import { describe, expect, test } from '@jest/globals'
import { commands } from '#cli/dispatch.ts'
import about from '../../package.json' with { type: 'json' }
import { runRegistry } from './run.ts'

const COMMANDS = [
  ...['list', 'search', 'get', 'history', 'diff', 'lookup', 'verify', 'create', 'update', 'delete', 'restore'],
  ...['duplicates', 'merge', 'distinct', 'split', 'ingest', 'export', 'fields', 'types', 'conflicts', 'retention'],
  ...[
    'hold',
    'holds',
    'erase',
    'audit',
    'report',
    'users',
    'token',
    'status',
    'locations',
    'rebuild',
    'rebuild-views',
    'drift',
  ],
  'completion',
]
const ID = '8799ff9e-b70d-533a-ba9c-57a1421799f8'
const CLOSED = 'http://127.0.0.1:2'

describe('help', () => {
  test.concurrent('lists every command', async () => {
    const { code, stdout } = await runRegistry(['--help'])
    expect(code).toBe(0)
    for (const name of COMMANDS) expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'))
  })

  test.concurrent('is the same with -h', async () => {
    for (const command of [[], ['list']])
      expect(await runRegistry([...command, '-h'])).toEqual(await runRegistry([...command, '--help']))
  })

  test('describes every option of every command', () => {
    expect(commands.map(({ name }) => name)).toEqual(COMMANDS)
    const described = commands.flatMap(({ options }) => options.map(([, { description }]) => description !== ''))
    expect(described).not.toContain(false)
  })

  test.concurrent('has the version of the package', async () => {
    expect(await runRegistry(['--version'])).toEqual({ code: 0, stdout: `registry ${about.version}\n`, stderr: '' })
  })

  test.concurrent('of ingest explains the exit codes', async () => {
    const { code, stdout } = await runRegistry(['ingest', '--help'])
    expect(code).toBe(0)
    expect(stdout).toContain('2 some rejected')
    for (const option of ['--source', '--refused', '--parallel', '--patience', '--url'])
      expect(stdout).toContain(option)
  })
})

describe('an invalid command line prints one line and exits with 1:', () => {
  test.concurrent.each<[words: string[], says: string]>([
    [[], `registry: needs a command: ${COMMANDS.join(', ')}; see registry --help`],
    [['serch'], 'registry: there is no command serch; see registry --help'],
    [
      ['search'],
      'registry search: needs a TEXT, or one of --surname, --given-name, --dob, --document-number, --detail; see',
    ],
    [['search', '--dob', '1985-13'], 'registry search: --dob is not a valid date'],
    [['search', '--detail', 'Gent'], 'registry search: --detail must be NAME=VALUE, such as city=Gent'],
    [['export', '--sort', 'name'], 'registry export: --sort must be one of surname, -surname, updated_at'],
    [['search', 'x', '--fuzzy'], "registry search: Unknown option '--fuzzy'; see registry search --help"],
    [
      ['search', 'x', '--limit', '0', '--mode', 'loose'],
      'registry search: --mode is neither fuzzy nor exact; --limit is not between 1 and 100; see registry search --help',
    ],
    [['get', 'Garcia'], 'registry get: ID is not a customer id; see registry get --help'],
    [['get', ID, '--as-of', 'yesterday'], 'registry get: --as-of is not an ISO 8601 time with an offset'],
    [
      ['retention', 'purge'],
      'registry retention: WHAT must be one of policy, run, runs, cancel; see registry retention --help',
    ],
    [['hold', ID, '--reason', 'x', '--end'], 'registry hold: needs either --reason or --end; see registry hold --help'],
    [['hold', ID], 'registry hold: needs either --reason or --end; see registry hold --help'],
    [['erase', 'Garcia', '--yes'], 'registry erase: ID is not a customer id; see registry erase --help'],
    [['status', 'now'], 'registry status: takes no now; see registry status --help'],
    [['export', '--format', 'xml'], 'registry export: --format must be one of ndjson, csv'],
    [['status', '--url', 'registry.example'], 'registry status: the registry URL is invalid'],
    [['status', '--url', CLOSED], `registry status: no answer from ${CLOSED} (ECONNREFUSED): is it running?`],
    [
      ['search', 'x', '--url', 'https://registry.example'],
      'registry search: no credentials: pass --user and --password',
    ],
    [
      ['search', 'x', '--url', 'http://127.0.0.1.example:1'],
      'registry search: no credentials: pass --user and --password',
    ],
  ])('%j', async (args, message) => {
    const { code, stdout, stderr } = await runRegistry(args)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain(message)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
  })

  test.concurrent('without the password in a URL', async () => {
    const { code, stderr } = await runRegistry(['status', '--url', 'http://me:secret@127.0.0.1:2'])
    expect(code).toBe(1)
    expect(stderr).toContain('pass --user and --password')
    expect(stderr).not.toContain('secret')
  })
})

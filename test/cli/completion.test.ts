import { execFileSync, spawnSync } from 'node:child_process'
import { describe, expect, test } from '@jest/globals'
import { Folder, runRegistry } from './run.ts'

/** What bash offers for the last of these words. */
async function complete(words: readonly string[], cwd: string): Promise<string[]> {
  const { stdout: script } = await runRegistry(['completion', 'bash'])
  const list = words.map(word => `'${word}'`).join(' ')
  const offer = `COMP_WORDS=(registry ${list}); COMP_CWORD=${words.length}; _registry; printf '%s\\n' "\${COMPREPLY[@]}"`
  const output = execFileSync('bash', ['-c', `${script}\n${offer}`], { cwd, encoding: 'utf8' })
  return output.split('\n').filter(word => word !== '')
}

describe('completion for bash', () => {
  test.each<[words: string[], offered: string[]]>([
    [['dri'], ['drift']],
    [['--v'], ['--version']],
    [
      ['list', '--state', ''],
      ['active', 'deleted', 'all'],
    ],
    [['list', '--as'], ['--as-of']],
    [
      ['users', 're'],
      ['reset-password', 'remove'],
    ],
    [['export', '--format', 'x'], ['xlsx']],
    [['search', '--surname', ''], []],
    [['list', '--help', '--pat'], ['--patience']],
  ])('of %j offers %j', async (words, offered) => {
    expect(await complete(words, '.')).toEqual(offered)
  })

  test('offers files where one is expected', async () => {
    const folder = await Folder.create()
    try {
      await folder.write('people.csv', '')
      expect(await complete(['ingest', 'peo'], folder.path)).toEqual(['people.csv'])
      expect(await complete(['export', '--out', 'peo'], folder.path)).toEqual(['people.csv'])
    } finally {
      await folder.remove()
    }
  })
})

test('completion for zsh loads the same function', async () => {
  const { code, stdout } = await runRegistry(['completion', 'zsh'])
  const bash = await runRegistry(['completion', 'bash'])
  expect(code).toBe(0)
  expect(stdout).toBe(
    `autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n${bash.stdout}`,
  )
  if (spawnSync('zsh', ['--version']).status === 0)
    expect(spawnSync('zsh', ['-f', '-c', stdout], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' })
})

test('other shells are refused', async () => {
  expect(await runRegistry(['completion', 'fish'])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('SHELL must be bash or zsh'),
  })
})

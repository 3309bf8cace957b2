import { mkdir } from 'node:fs/promises'
import { afterAll, describe, expect, test } from '@jest/globals'
import { Folder, registry } from './run.ts'

// Nothing listens there: none of these may get as far as asking.
const NOWHERE = ['--url', 'http://127.0.0.1:2', '--patience', '0']
const LONG = 10_000_000

// Tests that run at the same time begin before beforeAll does.
const folder = await Folder.make()
afterAll(() => folder.remove())

describe('a file that cannot be taken in gets one clear line', () => {
  test.concurrent.each<[what: string, name: string, content: string | Buffer | null, says: RegExp]>([
    ['is missing', 'missing.csv', null, /missing\.csv: is not there$/],
    ['has another extension', 'people.txt', 'id\n', /people\.txt: must end in \.csv or \.ndjson$/],
    ['is empty', 'empty.csv', '', /empty\.csv: is empty$/],
    ['is an empty NDJSON', 'empty.ndjson', '', /empty\.ndjson: is empty$/],
    ['has blank lines alone', 'blank.csv', '\n\n', /is empty$/],
    ['has blank lines alone, as NDJSON', 'blank.ndjson', '\n \n', /has no rows$/],
    ['has a header and no rows', 'header.csv', 'id,surname\n', /has no rows$/],
    ['is Latin-1', 'latin1.csv', Buffer.from('id,surname\n1,Caf\xe9\n', 'latin1'), /is not UTF-8 \(at line 2\)/],
    [
      'ends within a letter',
      'cut.ndjson',
      Buffer.from('{"id":"1"}\n{"id":"é', 'utf8').subarray(0, -1),
      /is not UTF-8 \(at line 2\)/,
    ],
    ['is UTF-16', 'utf16.csv', Buffer.from('\ufeffid,surname\n', 'utf16le'), /is not UTF-8 \(at line 1\)/],
    [
      'never closes a quote',
      'quote.csv',
      'id,surname\n1,a\n2,"b\n3,c\n',
      /row that begins at line 3 opens a quote that is never closed$/,
    ],
    [
      'has a quote in the middle',
      'stray.csv',
      'id,surname\n1,O"Brien\n',
      /row that begins at line 2 has a quote inside a cell/,
    ],
    [
      'has text after a quote',
      'after.csv',
      'id,surname\n1,"O"Brien\n',
      /row that begins at line 2 has text after a closing quote$/,
    ],
    [
      'has a row of 10 MB',
      'long.csv',
      `id,surname\n1,a\n2,${'x'.repeat(LONG)}\n`,
      /line 3 begins a row of over 1000000 bytes/,
    ],
    [
      'has a line of 10 MB',
      'long.ndjson',
      `{"id":"1"}\n{"id":"${'x'.repeat(LONG)}"}\n`,
      /line 2 begins a row of over 1000000 bytes/,
    ],
    [
      'has a row of too many cells',
      'commas.csv',
      `id,surname\n${','.repeat(600_000)}\n`,
      /line 2 begins a row of over 1000000 bytes/,
    ],
  ])('that %s', async (_, name, content, says) => {
    const file = content === null ? folder.at(name) : await folder.write(name, content)
    const { code, stdout, stderr } = await registry(['ingest', file, ...NOWHERE])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr.trimEnd()).toMatch(says)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
  })

  test.concurrent('that is a folder', async () => {
    await mkdir(folder.at('folder.csv'))
    expect(await registry(['ingest', folder.at('folder.csv'), ...NOWHERE])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/folder\.csv: is a folder\n$/),
    })
  })

  test.concurrent('that would be overwritten with its own refused rows', async () => {
    const file = await folder.write('own.csv', 'id,surname\n1,a\n')
    expect(await registry(['ingest', file, '--refused', file, ...NOWHERE])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('--refused names the input file: choose another'),
    })
  })
})

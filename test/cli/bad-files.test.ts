import { mkdir } from 'node:fs/promises'
import { afterAll, describe, expect, test } from '@jest/globals'
import { Folder, runRegistry } from './run.ts'

// Nothing listens there: no test may get as far as sending a request.
const NOWHERE = ['--source', 'bad', '--url', 'http://127.0.0.1:2', '--patience', '0']
const LONG = 10_000_000

// Concurrent tests start before beforeAll.
const folder = await Folder.create()
afterAll(() => folder.remove())

describe('a file that cannot be ingested is refused with one line:', () => {
  test.concurrent.each<[what: string, name: string, content: string | Buffer | null, says: RegExp]>([
    ['is missing', 'missing.csv', null, /missing\.csv: is not there$/],
    [
      'has another extension',
      'people.pdf',
      'id\n',
      /people\.pdf: must end in \.csv, \.tsv, \.txt, \.xlsx, \.ndjson or \.jsonl$/,
    ],
    ['is empty', 'empty.csv', '', /empty\.csv: is empty$/],
    ['is an empty NDJSON', 'empty.ndjson', '', /empty\.ndjson: is empty$/],
    ['has only blank lines', 'blank.csv', '\n\n', /is empty$/],
    ['has only blank lines, as NDJSON', 'blank.ndjson', '\n \n', /has no rows$/],
    ['has a header and no rows', 'header.csv', 'id,surname\n', /has no rows$/],
    [
      'is UTF-8 but for a letter',
      'damaged.csv',
      Buffer.concat([Buffer.from('id,surname\n1,Café\n2,Åse\n3,'), Buffer.from([0xe9, 0x0a])]),
      /is not valid UTF-8 \(at line 4\), though most of it is: .* --encoding$/,
    ],
    [
      'ends within a character',
      'cut.ndjson',
      Buffer.from('{"id":"1"}\n{"id":"é', 'utf8').subarray(0, -1),
      /is not valid UTF-8 \(at line 2\)/,
    ],
    ['is no workbook', 'plain.xlsx', 'id,surname\n1,a\n', /is not a readable \.xlsx workbook/],
    [
      'separates its columns by ^',
      'caret.csv',
      'id^surname\n1^Lee\n',
      /separates its columns by "\^": use commas, semi/,
    ],
    ['separates its columns by ~', 'tilde.txt', 'id~surname~dob\n1~Lee~1985\n', /separates its columns by "~": use/],
    [
      'separates its columns by U+0001',
      'ctrl.csv',
      'id\u0001surname\n1\u0001Lee\n',
      /separates its columns by U\+0001/,
    ],
    ['separates its columns by a colon', 'colon.csv', 'id:surname\n1:Lee\n', /separates its columns by ":": use/],
    [
      'has an unclosed quote',
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
      `id,surname\n${'1,'.repeat(400_000)}\n`,
      /line 2 begins a row of over 1000000 bytes/,
    ],
  ])('one that %s', async (_, name, content, message) => {
    const file = content === null ? folder.resolve(name) : await folder.write(name, content)
    const { code, stdout, stderr } = await runRegistry(['ingest', file, ...NOWHERE])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr.trimEnd()).toMatch(message)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
  })

  test.concurrent('one that is a folder', async () => {
    await mkdir(folder.resolve('folder.csv'))
    expect(await runRegistry(['ingest', folder.resolve('folder.csv'), ...NOWHERE])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/folder\.csv: is a folder\n$/),
    })
  })

  test.concurrent('one that would be overwritten with its rejected rows', async () => {
    const file = await folder.write('own.csv', 'id,surname\n1,a\n')
    expect(await runRegistry(['ingest', file, '--refused', file, ...NOWHERE])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('--refused names the input file: choose another'),
    })
  })
})

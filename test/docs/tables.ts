import { readFileSync } from 'node:fs'

const text = readFileSync(new URL('../../docs/inputs.md', import.meta.url), 'utf8')

/** A cell as it is meant: without the quotes of code, with the line breaks and tabs that it stands for. */
const toCell = (cell: string): string =>
  cell
    .trim()
    .replace(/^`(.*)`$/, '$1')
    .replaceAll('\\|', '|')
    .replaceAll('⏎', '\n')
    .replaceAll('⇥', '\t')

const toCells = (line: string): string[] =>
  line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map(toCell)

/** The tables of docs/inputs.md by the name of their first column. */
const tables: ReadonlyMap<string, readonly string[][]> = new Map(
  text
    .split('\n\n')
    .map(block => block.split('\n').filter(line => line.startsWith('|')))
    .filter(lines => lines.length > 0)
    .map(([header = '', , ...rows]) => [toCells(header)[0] ?? '', rows.map(toCells)]),
)

/** The names of the tables' first columns. */
export const tableNames = (): string[] => [...tables.keys()]

/** Returns the rows of the table whose first column has this name, without its header. */
export function readTable(column: string): readonly string[][] {
  const rows = tables.get(column)
  if (rows === undefined || rows.length === 0) throw new Error(`docs/inputs.md has no table of ${column}`)
  return rows
}

const REFUSED = 'refused: '

/** The message of an expected refusal; null if something else is expected. */
export const toRefusal = (expected: string): string | null =>
  expected.startsWith(REFUSED) ? expected.slice(REFUSED.length) : null

/** The words of a list in a cell. */
export const toList = (cell: string, separator = ','): string[] =>
  cell === '' || cell === 'nobody' ? [] : cell.split(separator).map(item => item.trim())

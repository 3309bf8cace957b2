import { pipeline, Readable } from 'node:stream'
import { type Info, parse } from 'csv-parse'
import { MAX_BODY } from '#contract/route.ts'
import { BadFile, toCode } from '../failure.ts'
import { type Mapping, mapHeader } from './mapping.ts'
import { keyIn, type Row, type Rows, tooLong } from './row.ts'

/** Quotes every cell; the registry treats null and empty cells alike. */
const written = (cells: readonly string[]): string =>
  `${cells.map(cell => `"${cell.replaceAll('"', '""')}"`).join(',')}\n`

const FAULTS: Record<string, string> = {
  CSV_QUOTE_NOT_CLOSED: 'opens a quote that is never closed',
  CSV_INVALID_CLOSING_QUOTE: 'has text after a closing quote',
  INVALID_OPENING_QUOTE: 'has a quote inside a cell that is not quoted: write it twice, in a cell in quotes',
}

/** A parser error without the text that caused it. */
function faultAt(line: number, error: unknown): unknown {
  const code = toCode(error)
  if (code === 'CSV_MAX_RECORD_SIZE') return tooLong(line)
  const fault = code === null ? undefined : FAULTS[code]
  return fault ? new BadFile(`is not valid CSV: the row that begins at line ${line} ${fault}`) : error
}

const breaksIn = (cells: readonly string[]): number =>
  cells.reduce((sum, cell) => sum + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0)

/** Records, each with the line at which it begins. @throws BadFile */
async function* records(bytes: AsyncIterable<Buffer>): AsyncGenerator<{ cells: string[]; line: number; end: number }> {
  // The line at which the newest record ends: the parser reads ahead.
  let last = 0
  // The same options as the registry's parser, so that both count the same rows.
  const parser = parse({
    bom: true,
    relax_column_count: true,
    skip_empty_lines: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    max_record_size: MAX_BODY,
    info: true,
    on_record: (record: string[], { lines }) => {
      last = lines
      return record
    },
  })
  pipeline(Readable.from(bytes), parser, () => undefined)
  const parsed: AsyncIterable<{ record: string[]; info: Info }> = parser
  try {
    for await (const { record: cells, info } of parsed) {
      yield { cells, line: info.lines - breaksIn(cells), end: info.bytes }
    }
  } catch (error) {
    throw faultAt(last + 1, error)
  }
}

/** The cells of mapped columns; a wrong number of cells is preserved. */
function toCells(cells: readonly string[], header: readonly (string | null)[]): string[] {
  const mapped = cells.filter((_, n) => header[n] !== null)
  const expected = header.filter(name => name !== null).length
  const isFaulty = cells.length !== header.length && mapped.length === expected
  return isFaulty ? [...mapped, ''] : mapped
}

/** Reads a CSV file (RFC 4180). Its header starts every batch; the registry parses the cells. */
export async function csvRows(bytes: AsyncIterable<Buffer>, mapping: Mapping | null): Promise<Rows> {
  const parsed = records(bytes)
  const first = await parsed.next()
  if (first.done) throw new BadFile('is empty')
  const header = mapping ? mapHeader(first.value.cells, mapping) : first.value.cells
  const names = header.filter(name => name !== null)
  const [id, dated] = [names.indexOf('id'), names.indexOf('valid_from')]
  async function* rows(): AsyncGenerator<Row> {
    for await (const { cells: all, line, end } of parsed) {
      const cells = toCells(all, header)
      yield { text: written(cells), line, key: keyIn(cells[id]), dated: Boolean(cells[dated]?.trim()), end }
    }
  }
  return { type: 'text/csv', preface: written(names), rows: rows() }
}

import { parse } from 'csv-parse'
import { toCsvFault } from '#contract/csv.ts'
import { MAX_BODY } from '#contract/route.ts'
import type { Delimiter } from './delimiter.ts'
import { BadFile, toCode } from './failure.ts'
import { isBlank, type TableRecord } from './record.ts'
import { tooLong } from './row.ts'

/** A parser error without the text that caused it. */
function faultAt(line: number, error: unknown): unknown {
  const code = toCode(error)
  if (code === 'CSV_MAX_RECORD_SIZE') return tooLong(line)
  const fault = toCsvFault(code)
  return fault ? new BadFile(`is not valid CSV: the row that begins at line ${line} ${fault}`) : error
}

const breaksIn = (cells: readonly string[]): number =>
  cells.reduce((sum, cell) => sum + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0)

/**
 * Takes off what Excel writes so that digits stay text, `="007"`: a quote within a cell would be an error. Works line by line; a line of a
 * quoted cell has its quotes doubled, so it does not match.
 */
async function* withoutFormulas(texts: AsyncIterable<string>, delimiter: string): AsyncGenerator<string> {
  const separator = delimiter === '|' ? '\\|' : delimiter
  const formula = new RegExp(`(?<=^|${separator})="([^"\\r\\n]*)"(?=${separator}|\\r?$)`, 'gm')
  let rest = ''
  const release = (whole: string): string => (whole.includes('="') ? whole.replaceAll(formula, '"$1"') : whole)
  for await (const chunk of texts) {
    const end = chunk.lastIndexOf('\n') + 1
    if (end > 0) yield release(rest + chunk.slice(0, end))
    rest = end > 0 ? chunk.slice(end) : rest + chunk
    if (rest.length <= MAX_BODY) continue
    // A row of this length is refused in any case.
    yield rest
    rest = ''
  }
  yield release(rest)
}

/** Records of CSV (RFC 4180), without blank ones. @throws BadFile */
export async function* csvRecords(
  texts: AsyncIterable<string>,
  { value, declaration }: Delimiter,
): AsyncGenerator<TableRecord> {
  // The line at which the newest record ends: the parser reads ahead.
  let last = 0
  let records: TableRecord[] = []
  const take = (): TableRecord[] => {
    const taken = records
    records = []
    return taken
  }
  const parser = parse({
    bom: true,
    delimiter: value,
    from_line: declaration > 0 ? 2 : 1,
    relax_column_count: true,
    skip_empty_lines: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    max_record_size: MAX_BODY,
    on_record: (cells: string[], { lines, bytes }) => {
      last = lines
      if (!isBlank(cells)) records.push({ cells, line: lines - breaksIn(cells), end: bytes })
      // The parser need not keep it: its stream, of which browsers have another kind than Node, stays empty.
      return null
    },
  })
  /** Settles once the parser has taken a text, or the end. */
  const feed = (text: string | null): Promise<void> =>
    new Promise((resolve, reject) => {
      parser.once('error', reject)
      const done = () => {
        parser.removeListener('error', reject)
        resolve()
      }
      if (text === null) parser.resume().once('end', done).end()
      else parser.write(text, error => (error ? reject(error) : done()))
    })
  try {
    for await (const text of withoutFormulas(texts, value)) {
      if (text !== '') await feed(text)
      yield* take()
    }
    await feed(null)
  } catch (error) {
    throw faultAt(last + 1, error)
  }
  yield* take()
}

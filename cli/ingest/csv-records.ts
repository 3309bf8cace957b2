import { pipeline, Readable } from 'node:stream'
import { type Info, parse } from 'csv-parse'
import { toCsvFault } from '#contract/csv.ts'
import { MAX_BODY } from '#contract/route.ts'
import { BadFile, toCode } from '../failure.ts'
import type { Delimiter } from './delimiter.ts'
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
async function* withoutFormulas(bytes: AsyncIterable<Buffer>, delimiter: string): AsyncGenerator<Buffer> {
  const separator = delimiter === '|' ? '\\|' : delimiter
  const formula = new RegExp(`(?<=^|${separator})="([^"\\r\\n]*)"(?=${separator}|\\r?$)`, 'gm')
  let rest: Buffer = Buffer.alloc(0)
  const release = (whole: Buffer): Buffer =>
    whole.includes('="') ? Buffer.from(whole.toString('utf8').replaceAll(formula, '"$1"')) : whole
  for await (const chunk of bytes) {
    const end = chunk.lastIndexOf('\n') + 1
    if (end > 0) yield release(Buffer.concat([rest, chunk.subarray(0, end)]))
    rest = end > 0 ? chunk.subarray(end) : Buffer.concat([rest, chunk])
    if (rest.length <= MAX_BODY) continue
    // A row of this length is refused in any case.
    yield rest
    rest = Buffer.alloc(0)
  }
  yield release(rest)
}

/** Records of CSV (RFC 4180) in UTF-8, without blank ones. @throws BadFile */
export async function* csvRecords(
  bytes: AsyncIterable<Buffer>,
  { value, declaration }: Delimiter,
): AsyncGenerator<TableRecord> {
  // The line at which the newest record ends: the parser reads ahead.
  let last = 0
  const parser = parse({
    bom: true,
    delimiter: value,
    from_line: declaration > 0 ? 2 : 1,
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
  pipeline(Readable.from(withoutFormulas(bytes, value)), parser, () => undefined)
  const parsed: AsyncIterable<{ record: string[]; info: Info }> = parser
  try {
    for await (const { record: cells, info } of parsed)
      if (!isBlank(cells)) yield { cells, line: info.lines - breaksIn(cells), end: info.bytes }
  } catch (error) {
    throw faultAt(last + 1, error)
  }
}

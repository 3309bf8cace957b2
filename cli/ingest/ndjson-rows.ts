import { MAX_BODY } from '#contract/route.ts'
import { type Mapping, mapObject } from './mapping.ts'
import { keyIn, type Row, type Rows, tooLong } from './row.ts'

const NEWLINE = 10

interface Line {
  text: string
  line: number
  end: number
}

/** The lines of a file, without line breaks. It buffers one line. @throws BadFile for a line that is too long for a request */
async function* lines(bytes: AsyncIterable<Buffer>): AsyncGenerator<Line> {
  let chunks: Buffer[] = []
  let size = 0
  let line = 1
  let end = 0
  const take = (piece: Buffer) => {
    chunks.push(piece)
    size += piece.length
    if (size > MAX_BODY) throw tooLong(line)
  }
  const release = (): Line => {
    const text = Buffer.concat(chunks).toString('utf8')
    end += size + 1
    const result = { text: line === 1 ? text.replace(/^\ufeff/, '') : text, line, end }
    chunks = []
    size = 0
    line += 1
    return result
  }
  for await (const chunk of bytes) {
    let start = 0
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, start)) {
      take(chunk.subarray(start, at))
      start = at + 1
      yield release()
    }
    take(chunk.subarray(start))
  }
  yield release()
}

/** The source's key in a line, and whether it has a date. The registry validates the JSON. */
function toPlace(text: string): Pick<Row, 'key' | 'dated'> {
  try {
    const value: unknown = JSON.parse(text)
    if (!(value instanceof Object)) return { key: null, dated: false }
    return { key: 'id' in value ? keyIn(value.id) : null, dated: 'valid_from' in value }
  } catch {
    return { key: null, dated: false }
  }
}

/** Reads a file with one JSON object per line; blank lines are ignored, as by the registry. */
export function ndjsonRows(bytes: AsyncIterable<Buffer>, mapping: Mapping | null): Rows {
  async function* rows(): AsyncGenerator<Row> {
    for await (const { text, line, end } of lines(bytes)) {
      if (text.trim() === '') continue
      const mapped = mapping ? mapObject(text.trim(), mapping) : text.trim()
      yield { text: `${mapped}\n`, line, ...toPlace(mapped), end }
    }
  }
  return { type: 'application/x-ndjson', preface: '', rows: rows() }
}

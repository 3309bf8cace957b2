import { MAX_BODY } from '#contract/route.ts'
import { keyIn, type Row, type Rows, tooLong } from './row.ts'

const NEWLINE = 10

interface Line {
  text: string
  line: number
  end: number
}

/** Lines of a file, without their breaks. No more than one is kept. @throws BadFile for one that no request could hold */
async function* lines(bytes: AsyncIterable<Buffer>): AsyncGenerator<Line> {
  let held: Buffer[] = []
  let size = 0
  let line = 1
  let end = 0
  const take = (piece: Buffer) => {
    held.push(piece)
    size += piece.length
    if (size > MAX_BODY) throw tooLong(line)
  }
  const release = (): Line => {
    const text = Buffer.concat(held).toString('utf8')
    end += size + 1
    const found = { text: line === 1 ? text.replace(/^\ufeff/, '') : text, line, end }
    held = []
    size = 0
    line += 1
    return found
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

/** The source's key in a line; whether the line is JSON at all is the registry's to say. */
function keyOf(text: string): string | null {
  try {
    const value: unknown = JSON.parse(text)
    return value instanceof Object && 'id' in value ? keyIn(value.id) : null
  } catch {
    return null
  }
}

/** A file of one JSON object a line; blank lines are passed over, as the registry does. */
export function ndjsonRows(bytes: AsyncIterable<Buffer>): Rows {
  async function* rows(): AsyncGenerator<Row> {
    for await (const { text, line, end } of lines(bytes))
      if (text.trim() !== '') yield { text: `${text.trim()}\n`, line, key: keyOf(text), end }
  }
  return { type: 'application/x-ndjson', preface: '', rows: rows() }
}

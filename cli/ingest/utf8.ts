import { BadFile } from '../failure.ts'

const NEWLINE = 10

const linesIn = (text: string): number => text.split('\n').length - 1

function countLines(chunk: Buffer): number {
  let lines = 0
  for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, at + 1)) lines++
  return lines
}

/** Passes bytes on, and checks that they are UTF-8. @throws BadFile that names the first invalid line */
export async function* utf8(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let line = 1
  const check = (chunk: Buffer, stream: boolean) => {
    try {
      decoder.decode(chunk, { stream })
    } catch {
      // The first invalid character is close to the first that decodes as a replacement character.
      const before = chunk.toString('utf8').split('\ufffd')[0] ?? ''
      throw new BadFile(`is not UTF-8 (at line ${line + linesIn(before)}): save it in that encoding`)
    }
  }
  for await (const chunk of chunks) {
    check(chunk, true)
    yield chunk
    line += countLines(chunk)
  }
  check(Buffer.alloc(0), false)
}

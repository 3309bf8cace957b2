import { BadEncoding } from './failure.ts'

/** A label of the WHATWG Encoding Standard, whose decoder is part of Node and browsers. */
export type Encoding = string

export const UTF_8: Encoding = 'utf-8'
/** What Windows programs of Western Europe and America write where they do not write Unicode. */
export const FALLBACK: Encoding = 'windows-1252'
/** Bytes that Windows-1252 does not have. */
const UNASSIGNED = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d])
/** The greatest share of letters beyond ASCII in a language that Windows-1252 is for. */
const MAX_ACCENTED = 0.3

/** Whether a decoder for the label exists. */
export function isEncoding(label: string): boolean {
  try {
    new TextDecoder(label)
    return true
  } catch {
    return false
  }
}

/** The encoding that the first bytes show: a byte order mark, or the zero bytes of UTF-16. Null if they show none. */
function toMarked(start: Uint8Array): Encoding | null {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le'
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be'
  const zeros = [0, 0]
  for (const [n, byte] of start.entries()) if (byte === 0) zeros[n % 2] = (zeros[n % 2] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  const many = start.length / 5
  if (odd > many && odd > 10 * even) return 'utf-16le'
  return even > many && even > 10 * odd ? 'utf-16be' : null
}

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0

/** What decoding a file as UTF-8 showed. */
class Utf8Check {
  readonly #decoder = new TextDecoder(UTF_8)
  #invalid = 0
  #valid = 0
  #line = 1
  /** The line of the first invalid byte. */
  firstInvalidLine: number | null = null
  /** The last byte. */
  #last = 0
  #letters = 0
  #high = 0
  #isWestern = true

  add(chunk: Uint8Array): void {
    for (const byte of chunk) {
      if (byte >= 0x80) this.#high++
      else if ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a) this.#letters++
      if (UNASSIGNED.has(byte)) this.#isWestern = false
    }
    this.#take(this.#decoder.decode(chunk, { stream: true }))
    this.#last = chunk.at(-1) ?? this.#last
  }

  #take(text: string): void {
    const invalid = count(text, /\ufffd/g)
    if (invalid > 0 && this.firstInvalidLine === null)
      this.firstInvalidLine = this.#line + count(text.slice(0, text.indexOf('\ufffd')), /\n/g)
    this.#invalid += invalid
    this.#valid += count(text, /[^\0-\x7f\ufffd]/gu)
    this.#line += count(text, /\n/g)
  }

  /** Whether the bytes may be those of a language of Western Europe or America. */
  get isWestern(): boolean {
    return this.#isWestern && this.#high <= MAX_ACCENTED * (this.#high + this.#letters)
  }

  /** The encoding: UTF-8, or the fallback where UTF-8 is impossible. A file that is mostly UTF-8 is damaged, not of another encoding. */
  conclude(): Encoding | null {
    const before = this.#invalid
    this.#take(this.#decoder.decode())
    if (this.#invalid === 0) return UTF_8
    // One of the bytes that begin a letter of two bytes, at the very end: the file was cut off.
    const isCut = before === 0 && !(this.#last >= 0xe0)
    return isCut || this.#valid >= this.#invalid ? null : FALLBACK
  }
}

/** Detects the encoding of a file, which is read as a whole. @throws BadEncoding for damaged UTF-8 */
export async function detectEncoding(bytes: AsyncIterable<Uint8Array>): Promise<Encoding> {
  const check = new Utf8Check()
  let start: Uint8Array | null = null
  for await (const chunk of bytes) {
    if (start === null) {
      start = chunk.subarray(0, 4096)
      const marked = toMarked(start)
      if (marked !== null) return marked
    }
    check.add(chunk)
  }
  const encoding = check.conclude()
  if (encoding === null)
    throw new BadEncoding(
      `is not valid UTF-8 (at line ${check.firstInvalidLine}), though most of it is: save it again as UTF-8, or name its encoding with --encoding`,
    )
  if (encoding === FALLBACK && !check.isWestern)
    throw new BadEncoding(
      'is neither UTF-8 nor, by its letters, Windows-1252: name its encoding with --encoding, such as windows-1250, windows-1251, macintosh, gb18030 or shift_jis',
    )
  return encoding
}

/** Decodes bytes, without a byte order mark. @throws BadEncoding for bytes that the encoding does not have */
export async function* decode(bytes: AsyncIterable<Uint8Array>, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  let line = 1
  const next = (chunk: Uint8Array, stream: boolean): string => {
    try {
      const text = decoder.decode(chunk, { stream })
      line += count(text, /\n/g)
      return text
    } catch {
      throw new BadEncoding(`is not ${encoding} (after line ${line}): name its encoding with --encoding`)
    }
  }
  for await (const chunk of bytes) yield next(chunk, true)
  yield next(new Uint8Array(), false)
}

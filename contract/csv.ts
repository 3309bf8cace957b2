/** What is wrong with a CSV, without repeating its content. */

const FAULTS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'opens a quote that is never closed',
  CSV_INVALID_CLOSING_QUOTE: 'has text after a closing quote',
  INVALID_OPENING_QUOTE: 'has a quote inside a cell that is not quoted: write it twice, in a cell in quotes',
}

/** What is wrong with a row, by the parser's code; undefined for other codes. */
export const toCsvFault = (code: unknown): string | undefined => (typeof code === 'string' ? FAULTS[code] : undefined)

/** Signs that some programs write between columns, besides commas. */
const DELIMITERS: readonly (readonly [sign: string, name: string])[] = [
  [';', 'semicolons'],
  ['\t', 'tabs'],
  ['|', 'vertical bars'],
  ...[...'^~:#*!/\\¦§،؛，；、'].map(sign => [sign, `"${sign}"`] as const),
  ['\u001f', 'U+001F'],
  ['\u0001', 'U+0001'],
]

/** The sign, named for people, that seems to separate the columns of a header; null if none does. */
export function nameDelimiter(header: string): string | null {
  const counts = DELIMITERS.map(([sign, name]) => ({ name, count: header.split(sign).length - 1 }))
  const best = counts.reduce((a, b) => (b.count > a.count ? b : a))
  return best.count === 0 ? null : best.name
}

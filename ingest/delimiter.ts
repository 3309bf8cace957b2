import { parse } from 'csv-parse/sync'

export const DELIMITERS: ReadonlyMap<string, string> = new Map([
  [',', 'commas'],
  [';', 'semicolons'],
  ['\t', 'tabs'],
  ['|', 'vertical bars'],
])

/** How much of a file shows its delimiter, in characters. */
const SAMPLE_SIZE = 64 * 1024
/** How many rows are compared. */
const SAMPLE_ROWS = 20

/** The first line of a file in which Excel names its delimiter. */
const DECLARED = /^sep=([,;\t|])\r?\n/

export interface Delimiter {
  value: string
  /** The length of the line that declares it, in characters. */
  declaration: number
}

/** How many columns a delimiter makes of the first row, times the share of rows that have as many. */
function toScore(text: string, delimiter: string): number {
  const rows = parse(text, {
    bom: true,
    delimiter,
    to: SAMPLE_ROWS,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    record_delimiter: ['\r\n', '\n', '\r'],
  }) satisfies string[][]
  const columns = rows[0]?.length ?? 0
  if (columns < 2) return 0
  return (columns * rows.filter(row => row.length === columns).length) / rows.length
}

/** The delimiter of a CSV by its beginning: the one that makes the most, and the most even, columns. */
function detectDelimiter(sample: string): Delimiter {
  const [declaration = '', declared] = DECLARED.exec(sample.replace(/^\ufeff/, '')) ?? []
  if (declared !== undefined) return { value: declared, declaration: declaration.length }
  // The sample may end within a row, or within quotes.
  const whole = sample.slice(0, sample.lastIndexOf('\n') + 1) || sample
  const scores = [...DELIMITERS.keys()].map(value => {
    try {
      return { value, score: toScore(whole, value) }
    } catch {
      return { value, score: toScore(whole.split('\n', 1)[0] ?? '', value) }
    }
  })
  const best = scores.reduce((a, b) => (b.score > a.score ? b : a))
  return { value: best.value, declaration: 0 }
}

export async function findDelimiter(texts: AsyncIterable<string>): Promise<Delimiter> {
  let sample = ''
  for await (const text of texts) {
    sample += text
    if (sample.length > SAMPLE_SIZE) break
  }
  return detectDelimiter(sample)
}

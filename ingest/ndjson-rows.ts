import { pluralise } from '#contract/counted.ts'
import { isExported, isOwned } from '#contract/exported.ts'
import { MAX_BODY } from '#contract/route.ts'
import { byteLength } from './byte-length.ts'
import { DateColumn, type DateFormat } from './date-columns.ts'
import { type Mapping, mapObject } from './mapping.ts'
import { keyIn, type Row, type RowFile, tooLong } from './row.ts'

interface Line {
  text: string
  line: number
  end: number
}

/** The lines of a file, without line breaks. It buffers one line. @throws BadFile for a line that is too long for a request */
async function* lines(texts: AsyncIterable<string>): AsyncGenerator<Line> {
  let rest = ''
  let line = 1
  let end = 0
  const release = (text: string): Line => {
    const size = byteLength(text)
    if (size > MAX_BODY) throw tooLong(line)
    end += size + 1
    return { text, line: line++, end }
  }
  for await (const text of texts) {
    const pieces = `${rest}${text}`.split('\n')
    rest = pieces.pop() ?? ''
    if (rest.length > MAX_BODY) throw tooLong(line + pieces.length)
    for (const piece of pieces) yield release(piece)
  }
  yield release(rest)
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The object in a line; null if there is none. The registry validates the JSON. */
function parse(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

const member = (value: object, name: string): unknown => Object.entries(value).find(([key]) => key === name)?.[1]

/** Converts lines to rows of a batch. */
class Converter {
  readonly #dob: DateColumn
  /** How many exported customers were left out. */
  inactive = 0

  constructor(dob: DateColumn) {
    this.#dob = dob
  }

  /** A line without what the registry sets itself, with its date in ISO 8601; null for an exported customer who is not on the list. */
  convert(text: string): Pick<Row, 'text' | 'key' | 'dated'> | null {
    const value = parse(text)
    if (value === null) return { text: `${text}\n`, key: null, dated: false }
    const names = Object.keys(value)
    const exported = isExported(names)
    if (exported && member(value, 'state') !== 'active') {
      this.inactive++
      return null
    }
    const dob = member(value, 'dob')
    const date = typeof dob === 'string' ? this.#dob.convert(dob) || null : dob
    const kept = exported ? Object.fromEntries(Object.entries(value).filter(([name]) => !isOwned(name))) : value
    const changed = kept !== value || date !== dob ? JSON.stringify(date === dob ? kept : { ...kept, dob: date }) : text
    return { text: `${changed}\n`, key: keyIn(member(kept, 'id')), dated: 'valid_from' in kept }
  }
}

/** The rows of a file with one JSON object per line; blank lines are ignored, as by the registry. */
export async function ndjsonRows(
  reread: () => AsyncIterable<string>,
  mapping: Mapping | null,
  dateFormat: DateFormat | null,
): Promise<RowFile> {
  async function* mapped(): AsyncGenerator<Line> {
    for await (const line of lines(reread())) {
      const text = line.text.trim()
      if (text !== '') yield { ...line, text: mapping ? mapObject(text, mapping) : text }
    }
  }
  const dob = new DateColumn('dob', dateFormat, true)
  let isExport = false
  for await (const { text, line } of mapped()) {
    const value = parse(text)
    const date = value && member(value, 'dob')
    if (typeof date === 'string') dob.see(date, line)
    isExport ||= value !== null && isExported(Object.keys(value))
  }
  const converter = new Converter(dob)
  const note = dob.order === null ? null : dob.note
  async function* rows(): AsyncGenerator<Row> {
    converter.inactive = 0
    dob.yearless = 0
    for await (const { text, line, end } of mapped()) {
      const row = converter.convert(text)
      if (row !== null) yield { ...row, line, end }
    }
  }
  return {
    type: 'application/x-ndjson',
    preface: '',
    rows,
    ids: isExport ? 'registry' : 'source',
    columns: [],
    notes: () => [
      ...(note === null ? [] : [note]),
      ...(dob.yearlessNote === null ? [] : [dob.yearlessNote]),
      ...(converter.inactive > 0 ? [`${pluralise(converter.inactive, 'deleted or merged customer')} left out`] : []),
    ],
  }
}

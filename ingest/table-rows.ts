import { pluralise } from '#contract/counted.ts'
import type { Field } from '#contract/schemas/field.ts'
import { toType } from './column-names.ts'
import { type ColumnOptions, type Columns, draftColumns, type FieldColumn, toColumns } from './columns.ts'
import type { DateColumn, DateFormat } from './date-columns.ts'
import { BadFile } from './failure.ts'
import { isBlank } from './record.ts'
import { keyIn, type Row, type RowFile } from './row.ts'
import { splitName } from './split-name.ts'
import { after, type Reread, surveyTable, type TableSurvey } from './survey-table.ts'

export interface TableOptions extends ColumnOptions {
  dateFormat: DateFormat | null
}

/** Invisible marks that come along when text is pasted, and control characters; not joiners, which Persian and Indic names need. */
const INVISIBLE = /[\u{AD}\u{200B}\u{200E}\u{200F}\u{202A}-\u{202E}\u{2060}-\u{2069}\u{FEFF}]/gu

/** Quotes every cell; the registry treats null and empty cells alike. */
const written = (cells: readonly string[]): string =>
  `${cells.map(cell => `"${cell.replaceAll('"', '""')}"`).join(',')}\n`

/** A cell without the apostrophe that `export --spreadsheet-safe` writes before a formula. */
const unwrap = (cell: string): string => cell.replace(/^'(?=[=+\-@\t\r])/, '')

/** Converts records to the registry's cells. */
class Converter {
  readonly names: readonly string[]
  /** How many cells had invisible characters. */
  cleaned = 0
  /** How many cells had several values, of which the first was taken. */
  several = 0
  /** How many exported rows were left out. */
  inactive = 0
  /** How many rows have values only in columns that are left out. */
  empty = 0
  readonly #columns: Columns
  readonly #dates: ReadonlyMap<string, DateColumn>

  constructor(columns: Columns, dates: ReadonlyMap<string, DateColumn>) {
    this.#columns = columns
    this.#dates = dates
    this.names = [
      ...columns.fields.map(({ field }) => field),
      ...(columns.name === null ? [] : ['surname', 'given_name']),
    ]
  }

  /** The cells of a row in the order of `names`; null for an exported customer who is not on the list, and for a row without a value. */
  convert(raw: readonly string[]): string[] | null {
    const cells = this.#convert(raw)
    if (cells === null || !isBlank(cells)) return cells
    this.empty++
    return null
  }

  #convert(raw: readonly string[]): string[] | null {
    const { header, fields, name, state } = this.#columns
    const cells = isBlank(raw.slice(header.length)) ? raw.slice(0, header.length) : raw
    // The registry refuses a row with a wrong number of cells: keep it wrong.
    if (cells.length !== header.length) return cells.length === this.names.length ? [...cells, ''] : [...cells]
    if (state !== null && cells[state] !== 'active') {
      this.inactive++
      return null
    }
    const values = fields.map(column => this.#value(column, cells))
    if (name === null) return values
    const { surname, given_name } = splitName(this.#clean(cells[name] ?? ''))
    return [...values, surname, given_name]
  }

  #clean(cell: string): string {
    const clean = unwrap(cell).replaceAll(INVISIBLE, '').replaceAll('\t', ' ')
    if (clean !== unwrap(cell)) this.cleaned++
    return clean
  }

  /** Google Contacts has the values of one label in one cell. */
  #first(cell: string): string {
    const [first = '', ...others] = cell.split(' ::: ')
    if (others.length > 0) this.several++
    return first
  }

  #value({ field, columns }: FieldColumn, cells: readonly string[]): string {
    const parts = columns.map(n => this.#clean(cells[n] ?? ''))
    if (parts.length > 1)
      return parts
        .map(part => part.trim())
        .filter(Boolean)
        .join(field === 'id' ? '|' : ' ')
    const [cell = ''] = parts
    if (field === 'type' && this.#columns.state === null) return toType(cell)
    // A field is one line of text; an address in a cell may have several.
    if (field.startsWith('details.')) return this.#first(cell).replaceAll(/\s*[\r\n]+\s*/g, ', ')
    return this.#dates.get(field)?.convert(cell) ?? cell
  }
}

/** The rows of a table with a header. @throws BadFile */
export async function tableRows(
  reread: Reread,
  options: TableOptions,
  loadFields: () => Promise<readonly Field[]>,
): Promise<RowFile> {
  const survey = await surveyTable(reread, options, header => draftColumns(header, options))
  const { draft, filled, dates, key } = survey
  const isUnknown = draft.targets.some((target, n) => target === undefined && filled.has(n))
  const custom = isUnknown ? await loadFields() : []
  const faults: string[] = []
  const attempt = <T>(work: () => T): T | null => {
    try {
      return work()
    } catch (error) {
      if (!(error instanceof BadFile)) throw error
      faults.push(error.message)
      return null
    }
  }
  const columns = attempt(() => toColumns(draft, n => filled.has(n), custom, options.ignoreUnknown, key))
  // Fails before anything is sent if the order of day and month is open.
  for (const column of dates.values()) attempt(() => column.order)
  if (columns === null || faults.length > 0) throw new BadFile(faults.join('; it '))
  return surveyedRows(reread, survey, columns)
}

/** The rows of a table that was understood. @throws BadFile if the order of day and month is open */
export function surveyedRows(reread: Reread, { skipped, dates }: TableSurvey, columns: Columns): RowFile {
  const converter = new Converter(columns, dates)
  const { names } = converter
  const [id, dated] = [names.indexOf('id'), names.indexOf('valid_from')]
  const notes = [...dates.values()].flatMap(column => (column.order === null ? [] : (column.note ?? [])))
  async function* rows(): AsyncGenerator<Row> {
    converter.cleaned = 0
    converter.several = 0
    for (const column of dates.values()) column.yearless = 0
    converter.inactive = 0
    converter.empty = 0
    for await (const { cells: raw, line, end } of after(reread(), skipped)) {
      const cells = converter.convert(raw)
      if (cells === null) continue
      yield { text: written(cells), line, key: keyIn(cells[id]), dated: Boolean(cells[dated]?.trim()), end }
    }
  }
  return {
    type: 'text/csv',
    preface: written(names),
    rows,
    ids: columns.state === null ? 'source' : 'registry',
    columns: toTold(columns),
    notes: () => [
      ...(skipped > 0 ? [`${pluralise(skipped, 'row')} before the header left out`] : []),
      ...notes,
      ...[...dates.values()].flatMap(column => column.yearlessNote ?? []),
      ...(converter.cleaned > 0 ? [`invisible characters taken off in ${pluralise(converter.cleaned, 'cell')}`] : []),
      ...(converter.several > 0
        ? [`the first of several values taken in ${pluralise(converter.several, 'cell')}`]
        : []),
      ...(converter.inactive > 0 ? [`${pluralise(converter.inactive, 'deleted or merged customer')} left out`] : []),
      ...(converter.empty > 0 ? [`${pluralise(converter.empty, 'row')} without a value left out`] : []),
    ],
  }
}

/** The columns as they were understood: the file's name, and the registry's (null: left out). */
function toTold({ header, fields, name, state }: Columns): [string, string | null][] {
  return header.flatMap((column, n): [string, string | null][] => {
    const names = fields.filter(({ columns }) => columns.includes(n)).map(({ field }) => field)
    if (n === name) names.push('surname', 'given_name')
    if (names.length === 0 && (column === '' || state !== null)) return []
    return [[column, names.length === 0 ? null : names.join(' + ')]]
  })
}

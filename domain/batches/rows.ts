import { CsvError, parse } from 'csv-parse/sync'
import { nameDelimiter, toCsvFault } from '#contract/csv.ts'
import { isExported, isOwned } from '#contract/exported.ts'
import { toFieldErrors } from '#contract/field-errors.ts'
import { type BatchIds, type BatchRow, batchRow, MAX_BATCH_ROWS } from '#contract/schemas/batch.ts'
import type { Field } from '#contract/schemas/field.ts'
import type { FieldError } from '#contract/schemas/problem.ts'
import { hasPastedMarks, withoutPastedMarks } from '#contract/schemas/text.ts'
import { DETAIL } from '../customers/customer-fields.ts'
import { InvalidInput, TooLarge } from '../errors.ts'
import { parseValue, readBoolean } from '../fields/value.ts'
import { readJson } from '../json.ts'

/** A row: its content, or its errors. */
export type ReadRow = { row: BatchRow; cleaned?: true; exported?: true } | { faults: FieldError[] }

const COLUMNS: ReadonlySet<string> = new Set(Object.keys(batchRow.shape).filter(name => name !== 'details'))
/** Columns whose empty cells are ignored, because these values cannot be cleared. */
const NEVER_CLEARED: ReadonlySet<string> = new Set(['type', 'action', 'valid_from', 'dob_approximate'])

/** What is known of a row besides its content. */
interface RowMarks {
  /** Whether invisible characters were taken off. */
  cleaned: boolean
  /** Whether the registry exported the row, with its own ids. */
  exported: boolean
}

function checked(value: unknown, { cleaned, exported }: RowMarks): ReadRow {
  const read = batchRow.safeParse(value)
  if (!read.success) return { faults: toFieldErrors(read.error, '#') }
  return { row: read.data, ...(cleaned ? { cleaned } : {}), ...(exported ? { exported } : {}) }
}

const NOT_ACTIVE: ReadRow = {
  faults: [{ pointer: '#/state', detail: 'is not active: only active customers are ingested' }],
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isPasted = (value: unknown): boolean => typeof value === 'string' && hasPastedMarks(value)

/** Whether a text in a row, or in its details, has pasted marks. */
const hasPasted = (row: object): boolean =>
  Object.values(row).some(value => isPasted(value) || (isObject(value) && Object.values(value).some(isPasted)))

/** A value of yes or no, as spreadsheets write it; other values as they are. */
const toBoolean = (value: unknown): unknown =>
  typeof value === 'string' || typeof value === 'number'
    ? (readBoolean(withoutPastedMarks(String(value)).trim()) ?? value)
    : value

const toDetailValue = (value: unknown, field: Field | undefined): unknown =>
  field?.type === 'boolean' ? toBoolean(value) : value

const mapValues = (object: object, convert: (name: string, value: unknown) => unknown): object =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [name, convert(name, value)]))

/** Reads a JSON object. What the registry sets itself in its exports is left out. */
function readObject(value: unknown, fields: ReadonlyMap<string, Field>): ReadRow {
  if (!isObject(value)) return checked(value, { cleaned: false, exported: false })
  const exported = isExported(Object.keys(value))
  const members = new Map<string, unknown>(Object.entries(value))
  if (exported && members.get('state') !== 'active') return NOT_ACTIVE
  const stated = Object.fromEntries([...members].filter(([name]) => !exported || !isOwned(name)))
  const row = mapValues(stated, (name, member) => {
    if (name === 'dob_approximate') return toBoolean(member)
    if (name !== 'details' || !isObject(member)) return member
    return mapValues(member, (detail, inner) => toDetailValue(inner, fields.get(detail)))
  })
  return checked(row, { cleaned: hasPasted(stated), exported })
}

/** Whose ids rows have if the request does not say: the registry's if it exported them. */
export const toBatchIds = (rows: readonly ReadRow[]): BatchIds =>
  rows.some(read => 'exported' in read) ? 'registry' : 'source'

function limited<T>(rows: readonly T[]): readonly T[] {
  if (rows.length === 0) throw new InvalidInput([{ pointer: '#', detail: 'has no rows' }])
  if (rows.length > MAX_BATCH_ROWS)
    throw new TooLarge(`A batch has at most ${MAX_BATCH_ROWS} rows; this one has ${rows.length}`)
  return rows
}

/** Reads one JSON object per line; blank lines are ignored. */
export function readNdjson(text: string, fields: ReadonlyMap<string, Field>): ReadRow[] {
  const lines = limited(
    text
      .replace(/^\u{FEFF}/u, '')
      .split('\n')
      .filter(line => line.trim() !== ''),
  )
  return lines.map(line => {
    const read = readJson(line)
    return 'faults' in read ? read : readObject(read.value, fields)
  })
}

/** A cell as a value of its field; null if empty. */
const cellValue = (cell: string, field: Field | undefined): unknown =>
  cell.trim() === '' ? null : parseValue(cell, field)

function toRow(header: readonly string[], written: readonly string[], fields: ReadonlyMap<string, Field>): ReadRow {
  const width = header.length
  const cells = written.map(withoutPastedMarks)
  const further = cells.slice(width).some(cell => cell.trim() !== '')
  if (cells.length < width || further)
    return { faults: [{ pointer: '#', detail: `has ${cells.length} cells where the header has ${width}` }] }
  const row: Record<string, unknown> = {}
  const details: Record<string, unknown> = {}
  const exported = isExported(header)
  const action = (cells[header.indexOf('action')] ?? '').trim()
  // Rows that delete or restore a customer do not clear empty columns.
  const clears = action === '' || action === 'upsert'
  for (const [n, column] of header.entries()) {
    const cell = cells[n] ?? ''
    if (exported && isOwned(column)) continue
    if (cell.trim() === '' && (!clears || NEVER_CLEARED.has(column))) continue
    if (column.startsWith(DETAIL))
      details[column.slice(DETAIL.length)] = cellValue(cell, fields.get(column.slice(DETAIL.length)))
    else if (column === 'dob_approximate') row[column] = readBoolean(cell.trim()) ?? cell
    else row[column] = cellValue(column === 'action' || column === 'valid_from' ? cell.trim() : cell, undefined)
  }
  if (exported && cells[header.indexOf('state')] !== 'active') return NOT_ACTIVE
  const cleaned = written.slice(0, width).some(hasPastedMarks)
  return checked(Object.keys(details).length > 0 ? { ...row, details } : row, { cleaned, exported })
}

/** A table in CSV. */
interface Table {
  header: string[]
  rows: string[][]
  /** What seems to separate the columns instead of commas. */
  delimiter: string | null
}

/** The table in a text, without blank rows. Its header has no unnamed columns at the end. @throws InvalidInput */
function readTable(text: string): Table {
  try {
    const table: string[][] = parse(text, { bom: true, relax_column_count: true, skip_empty_lines: true })
    const [first = [], ...rows] = table.filter(cells => cells.some(cell => cell.trim() !== ''))
    const header = first.map(name => withoutPastedMarks(name).trim())
    const named = header.slice(0, header.findLastIndex(name => name !== '') + 1)
    return { header: named, rows, delimiter: named.length === 1 ? nameDelimiter(first[0] ?? '') : null }
  } catch (error) {
    const fault = error instanceof CsvError ? toCsvFault(error.code) : undefined
    const place = error instanceof CsvError && error.lines ? `the row that ends at line ${error.lines} ` : ''
    throw new InvalidInput([{ pointer: '#', detail: `is not valid CSV: ${place}${fault ?? 'cannot be read'}` }])
  }
}

/** What is wrong with a header's columns. */
function headerFaults(
  header: readonly string[],
  delimiter: string | null,
  fields: ReadonlyMap<string, Field>,
): FieldError[] {
  if (delimiter !== null)
    return [{ pointer: '#', detail: `separates its columns by ${delimiter}: separate them by commas` }]
  const exported = isExported(header)
  const faults = header.flatMap((column, n) => {
    if (header.indexOf(column) !== n) return [{ pointer: '#', detail: `names the column ${column} twice` }]
    const isKnown = COLUMNS.has(column) || (column.startsWith(DETAIL) && fields.has(column.slice(DETAIL.length)))
    return isKnown || (exported && isOwned(column))
      ? []
      : [{ pointer: '#', detail: `has an unknown column: ${column}` }]
  })
  return header.includes('id') ? faults : [...faults, { pointer: '#', detail: 'has no column id' }]
}

/**
 * Reads CSV (RFC 4180) with a header of field names; custom fields are `details.NAME`. An empty cell clears the field, except in rows that
 * delete or restore.
 *
 * @throws InvalidInput, TooLarge
 */
export function readCsv(text: string, fields: ReadonlyMap<string, Field>): ReadRow[] {
  const { header, rows, delimiter } = readTable(text)
  const faults = headerFaults(header, delimiter, fields)
  if (faults.length > 0) throw new InvalidInput(faults)
  return limited(rows).map(cells => toRow(header, cells, fields))
}

import { parse } from 'csv-parse/sync'
import { toFieldErrors } from '#contract/field-errors.ts'
import { readJson } from '#contract/json.ts'
import { type BatchRow, batchRow, MAX_BATCH_ROWS } from '#contract/schemas/batch.ts'
import type { Field } from '#contract/schemas/field.ts'
import type { FieldError } from '#contract/schemas/problem.ts'
import { DETAIL } from '../customers/customer-fields.ts'
import { InvalidInput, TooLarge } from '../errors.ts'
import { parseValue, readBoolean } from '../fields/value.ts'

/** A row: its content, or its errors. */
export type ReadRow = { row: BatchRow } | { faults: FieldError[] }

const COLUMNS: ReadonlySet<string> = new Set(Object.keys(batchRow.shape).filter(name => name !== 'details'))
/** Columns whose empty cells are ignored, because these values cannot be cleared. */
const NEVER_CLEARED: ReadonlySet<string> = new Set(['type', 'action', 'valid_from', 'dob_approximate'])

function checked(value: unknown): ReadRow {
  const read = batchRow.safeParse(value)
  return read.success ? { row: read.data } : { faults: toFieldErrors(read.error, '#') }
}

function limited<T>(rows: readonly T[]): readonly T[] {
  if (rows.length === 0) throw new InvalidInput([{ pointer: '#', detail: 'has no rows' }])
  if (rows.length > MAX_BATCH_ROWS)
    throw new TooLarge(`A batch has at most ${MAX_BATCH_ROWS} rows; this one has ${rows.length}`)
  return rows
}

/** Reads one JSON object per line; blank lines are ignored. */
export function readNdjson(text: string): ReadRow[] {
  const lines = limited(
    text
      .replace(/^\u{FEFF}/u, '')
      .split('\n')
      .filter(line => line.trim() !== ''),
  )
  return lines.map(line => {
    const read = readJson(line)
    return 'faults' in read ? read : checked(read.value)
  })
}

/** A cell as a value of its field; null if empty. */
const cellValue = (cell: string, field: Field | undefined): unknown =>
  cell.trim() === '' ? null : parseValue(cell, field)

function toRow(header: readonly string[], cells: readonly string[], fields: ReadonlyMap<string, Field>): ReadRow {
  const width = header.length
  const further = cells.slice(width).some(cell => cell.trim() !== '')
  if (cells.length < width || further)
    return { faults: [{ pointer: '#', detail: `has ${cells.length} cells where the header has ${width}` }] }
  const row: Record<string, unknown> = {}
  const details: Record<string, unknown> = {}
  const action = (cells[header.indexOf('action')] ?? '').trim()
  // Rows that delete or restore a customer do not clear empty columns.
  const clears = action === '' || action === 'upsert'
  for (const [n, column] of header.entries()) {
    const cell = cells[n] ?? ''
    if (cell.trim() === '' && (!clears || NEVER_CLEARED.has(column))) continue
    if (column.startsWith(DETAIL))
      details[column.slice(DETAIL.length)] = cellValue(cell, fields.get(column.slice(DETAIL.length)))
    else if (column === 'dob_approximate') row[column] = readBoolean(cell.trim()) ?? cell
    else row[column] = cellValue(column === 'action' || column === 'valid_from' ? cell.trim() : cell, undefined)
  }
  return checked(Object.keys(details).length > 0 ? { ...row, details } : row)
}

/**
 * Reads CSV (RFC 4180) with a header of field names; custom fields are `details.NAME`. An empty cell clears the field, except in rows that
 * delete or restore.
 */
export function readCsv(text: string, fields: ReadonlyMap<string, Field>): ReadRow[] {
  let table: string[][]
  try {
    table = parse(text, { bom: true, relax_column_count: true, skip_empty_lines: true })
  } catch (error) {
    throw new InvalidInput([
      { pointer: '#', detail: `is not valid CSV: ${error instanceof Error ? error.message : 'it cannot be read'}` },
    ])
  }
  const [header = [], ...rows] = table
  const faults = header.flatMap((column, n) => {
    if (header.indexOf(column) !== n) return [{ pointer: '#', detail: `names the column ${column} twice` }]
    const isKnown = COLUMNS.has(column) || (column.startsWith(DETAIL) && fields.has(column.slice(DETAIL.length)))
    return isKnown ? [] : [{ pointer: '#', detail: `has an unknown column: ${column}` }]
  })
  if (!header.includes('id')) faults.push({ pointer: '#', detail: 'has no column id' })
  if (faults.length > 0) throw new InvalidInput(faults)
  return limited(rows).map(cells => toRow(header, cells, fields))
}

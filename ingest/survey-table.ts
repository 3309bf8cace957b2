import { nameDelimiter } from '#contract/csv.ts'
import { type ColumnOptions, countRecognised, type Draft } from './columns.ts'
import { DateColumn, type DateFormat, isNothing } from './date-columns.ts'
import { BadFile } from './failure.ts'
import { KeyColumns } from './key-columns.ts'
import { isBlank, type TableRecord } from './record.ts'

/** Reads the records again from the beginning. */
export type Reread = () => AsyncIterable<TableRecord>

/** What one reading of a table shows. */
export interface TableSurvey {
  draft: Draft
  /** How many rows come before the header. */
  skipped: number
  /** The cells of the first rows. */
  sample: readonly (readonly string[])[]
  /** The columns that have a value in some row. */
  filled: ReadonlySet<number>
  /** The likeliest columns whose values together tell the rows apart; null if none do. */
  key: readonly number[] | null
  /** The columns with dates, by field. */
  dates: ReadonlyMap<string, DateColumn>
}

/** How many rows may come before the header. */
const MAX_PREAMBLE = 10
const SAMPLE_ROWS = 3
const DATED: ReadonlySet<string> = new Set(['dob', 'valid_from'])

/** The position of the header: the first row, or the row within the first ten that has more names with a meaning. */
async function findHeader(
  records: AsyncIterable<TableRecord>,
  mapping: ColumnOptions['mapping'],
): Promise<{ header: TableRecord; skipped: number }> {
  const start: TableRecord[] = []
  for await (const record of records) {
    start.push(record)
    if (start.length === MAX_PREAMBLE) break
  }
  const [first] = start
  if (first === undefined) throw new BadFile('is empty')
  const score = ({ cells }: TableRecord) =>
    mapping ? cells.filter(cell => mapping.has(cell.trim())).length : countRecognised(cells)
  const best = start.reduce((a, b) => (score(b) > score(a) && score(b) >= 2 ? b : a))
  return { header: best, skipped: start.indexOf(best) }
}

/** The records after a number of others and the header. */
export async function* after(records: AsyncIterable<TableRecord>, skipped: number): AsyncGenerator<TableRecord> {
  let n = 0
  for await (const record of records) if (n++ > skipped) yield record
}

/**
 * Reads a table once, to understand it.
 *
 * @param toDraft says what the columns of the header mean.
 * @throws BadFile if it has no header, or one that is not separated
 */
export async function surveyTable(
  reread: Reread,
  { mapping, dateFormat }: { mapping: ColumnOptions['mapping']; dateFormat: DateFormat | null },
  toDraft: (header: readonly string[]) => Draft,
): Promise<TableSurvey> {
  const { header, skipped } = await findHeader(reread(), mapping)
  const [only = '', ...others] = header.cells
  const delimiter = isBlank(others) ? nameDelimiter(only) : null
  if (delimiter !== null)
    throw new BadFile(`separates its columns by ${delimiter}: use commas, semicolons, tabs or vertical bars`)
  const draft = toDraft(header.cells)
  const dates = new Map<string, DateColumn>()
  const dateColumns = draft.targets.flatMap((field, n) => (field && DATED.has(field) ? [{ field, n }] : []))
  for (const { field } of dateColumns)
    dates.set(field, new DateColumn(draft.header[draft.targets.indexOf(field)] ?? field, dateFormat, field === 'dob'))
  const filled = new Set<number>()
  const keys = new KeyColumns(draft.header)
  const sample: string[][] = []
  for await (const { cells, line } of after(reread(), skipped)) {
    for (const [n, cell] of cells.entries()) if (!filled.has(n) && !isNothing(cell)) filled.add(n)
    for (const { field, n } of dateColumns) dates.get(field)?.see(cells[n] ?? '', line)
    if (isBlank(cells)) continue
    keys.see(cells)
    if (sample.length < SAMPLE_ROWS) sample.push(cells)
  }
  return { draft, skipped, sample, filled, key: keys.best, dates }
}

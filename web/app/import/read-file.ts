import {
  type ColumnFaults,
  type ColumnOptions,
  type Draft,
  draftColumns,
  findColumnFaults,
  toColumns,
} from '../../../ingest/columns.ts'
import { csvRecords } from '../../../ingest/csv-records.ts'
import { findDelimiter } from '../../../ingest/delimiter.ts'
import { decode, detectEncoding } from '../../../ingest/encoding.ts'
import { BadFile } from '../../../ingest/failure.ts'
import { ndjsonRows } from '../../../ingest/ndjson-rows.ts'
import { proposeColumns } from '../../../ingest/propose-columns.ts'
import type { RowFile } from '../../../ingest/row.ts'
import { type Reread, surveyTable, type TableSurvey } from '../../../ingest/survey-table.ts'
import { surveyedRows } from '../../../ingest/table-rows.ts'
import type { Definitions } from '../edit/definitions.ts'
import type { ColumnChoices, ReadingChoices } from './import-state.ts'

/** A table as it was understood. */
export interface Table {
  header: readonly string[]
  sample: TableSurvey['sample']
  columns: ColumnChoices
  faults: ColumnFaults
  /** The columns with dates that may have the day or the month first. */
  openDates: readonly string[]
}

/** A file as it was understood. */
export interface Reading {
  /** Null for a workbook. */
  encoding: string | null
  delimiter: string | null
  table: Table | null
  /** The rows to send; null if something has to be chosen before. */
  rows: RowFile | null
}

/** The file has another kind than those that are read. */
export class UnknownKind extends Error {}

const CHUNK_SIZE = 256 * 1024
const TABLES = ['csv', 'tsv', 'txt']
const WORKBOOK = 'xlsx'
const LINES = ['ndjson', 'jsonl']
export const ACCEPTED = [...TABLES, WORKBOOK, ...LINES].map(extension => `.${extension}`)

const OPTIONS: ColumnOptions = { mapping: null, nameColumn: null, idColumns: [], ignoreUnknown: true }

async function* bytesOf(file: Blob): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.size; at += CHUNK_SIZE)
    yield new Uint8Array(await file.slice(at, at + CHUNK_SIZE).arrayBuffer())
}

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items
}

async function readTable(
  reread: Reread,
  { dateFormat, columns: chosen }: ReadingChoices,
  fields: Definitions['fields'],
): Promise<Pick<Reading, 'table' | 'rows'>> {
  const survey = await surveyTable(reread, { mapping: null, dateFormat }, header => ({
    ...draftColumns(header, OPTIONS),
    ...chosen,
  }))
  const draft: Draft = chosen === null ? proposeColumns(survey, fields) : survey.draft
  const { header, targets, ids, name } = draft
  const faults = findColumnFaults(draft)
  const openDates = [...survey.dates.values()].flatMap(({ isOpen, name }) => (isOpen ? [name] : []))
  const isComplete = faults.repeated.length === 0 && !faults.lacksKey && !faults.lacksIdentity && openDates.length === 0
  return {
    table: { header, sample: survey.sample, columns: { targets, ids, name }, faults, openDates },
    rows: isComplete
      ? surveyedRows(
          reread,
          survey,
          toColumns(draft, n => survey.filled.has(n), [], true),
        )
      : null,
  }
}

/** Reads a file once, to understand it. @throws UnknownKind, BadFile, and what the browser throws for a file that cannot be read */
export async function readFile(file: File, choices: ReadingChoices, fields: Definitions['fields']): Promise<Reading> {
  const extension = file.name.split('.').at(-1)?.toLowerCase() ?? ''
  const isTable = TABLES.includes(extension)
  if (!isTable && extension !== WORKBOOK && !LINES.includes(extension)) throw new UnknownKind()
  if (file.size === 0) throw new BadFile('is empty')
  if (extension === WORKBOOK) {
    const { xlsxRecords } = await import('./xlsx-records.ts')
    const records = await xlsxRecords(file)
    return { encoding: null, delimiter: null, ...(await readTable(() => each(records), choices, fields)) }
  }
  const encoding = choices.encoding ?? (await detectEncoding(bytesOf(file)))
  const texts = () => decode(bytesOf(file), encoding)
  if (!isTable)
    return { encoding, delimiter: null, table: null, rows: await ndjsonRows(texts, null, choices.dateFormat) }
  const found = await findDelimiter(texts())
  const delimiter = choices.delimiter === null ? found : { ...found, value: choices.delimiter }
  const table = await readTable(() => csvRecords(texts(), delimiter), choices, fields)
  return { encoding, delimiter: delimiter.value, ...table }
}

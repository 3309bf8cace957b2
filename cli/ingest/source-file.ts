import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { extname } from 'node:path'
import type { Field } from '#contract/schemas/field.ts'
import { csvRecords } from '#ingest/csv-records.ts'
import { DELIMITERS, type Delimiter, findDelimiter } from '#ingest/delimiter.ts'
import { decode, detectEncoding, type Encoding, FALLBACK, UTF_8 } from '#ingest/encoding.ts'
import { ndjsonRows } from '#ingest/ndjson-rows.ts'
import type { TableRecord } from '#ingest/record.ts'
import type { RowFile } from '#ingest/row.ts'
import { type TableOptions, tableRows } from '#ingest/table-rows.ts'
import { BadFile, toCode } from '../failure.ts'
import { toPath } from '../paths.ts'
import { xlsxRecords } from './xlsx-records.ts'

export interface SourceOptions extends TableOptions {
  /** Null to detect it. */
  encoding: Encoding | null
  /** The sheet of a workbook; the first one by default. */
  sheet: string | undefined
}

const WHY: Record<string, string> = { ENOENT: 'is not there', EACCES: 'may not be read' }
const EXTENSIONS = ['.csv', '.tsv', '.txt', '.xlsx', '.ndjson', '.jsonl']

/** Converts a system error to an error of the file. */
function unreadable(error: unknown): unknown {
  const code = toCode(error)
  return code === null || !/^E[A-Z0-9]+$/.test(code) ? error : new BadFile(WHY[code] ?? `cannot be read (${code})`)
}

async function* toBytes(path: string): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of createReadStream(path)) yield Buffer.from(chunk)
  } catch (error) {
    throw unreadable(error)
  }
}

async function* of<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items
}

/** Everything that a pipe has: a file is read several times. */
async function collect(bytes: AsyncIterable<Buffer>): Promise<Buffer[]> {
  const chunks: Buffer[] = []
  for await (const chunk of bytes) chunks.push(chunk)
  return chunks
}

/** How the file was read, where that is not plain to see. */
const readingNotes = (encoding: Encoding, delimiter: Delimiter | null): string[] => [
  ...(encoding === UTF_8 ? [] : [`read as ${encoding} (another encoding: --encoding)`]),
  ...(delimiter === null || delimiter.value === ','
    ? []
    : [`columns are separated by ${DELIMITERS.get(delimiter.value)}`]),
]

/** Opens a file of rows. @param loadFields gives the authorised custom fields. @throws BadFile */
export async function openSource(
  file: string,
  options: SourceOptions,
  loadFields: () => Promise<readonly Field[]>,
): Promise<RowFile> {
  const extension = extname(file).toLowerCase()
  if (!EXTENSIONS.includes(extension))
    throw new BadFile(`must end in ${EXTENSIONS.join(', ').replace(/, (?=[^,]*$)/, ' or ')}`)
  const path = toPath(file)
  const info = await stat(path).catch((error: unknown) => {
    throw unreadable(error)
  })
  if (info.isDirectory()) throw new BadFile('is a folder')
  if (info.isFile() && info.size === 0) throw new BadFile('is empty')
  if (extension === '.xlsx') {
    const content = await readFile(path).catch((error: unknown) => {
      throw unreadable(error)
    })
    const records: readonly TableRecord[] = await xlsxRecords(content, options.sheet)
    return tableRows(() => of(records), options, loadFields)
  }
  const piped = info.isFile() ? null : await collect(toBytes(path))
  const raw = () => (piped === null ? toBytes(path) : of(piped))
  const encoding = options.encoding ?? (await detectEncoding(raw()))
  const text = () => decode(raw(), encoding)
  const isTable = extension !== '.ndjson' && extension !== '.jsonl'
  const delimiter = isTable ? await findDelimiter(text()) : null
  const read = () =>
    delimiter === null
      ? ndjsonRows(text, options.mapping, options.dateFormat)
      : tableRows(() => csvRecords(text(), delimiter), options, loadFields)
  const rows = await read().catch((error: unknown) => {
    const isGuess = options.encoding === null && encoding === FALLBACK
    throw isGuess && error instanceof BadFile
      ? new BadFile(`${error.message} (read as ${encoding}: if its letters look wrong, name another with --encoding)`)
      : error
  })
  return { ...rows, notes: () => [...readingNotes(encoding, delimiter), ...rows.notes()] }
}

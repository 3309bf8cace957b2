import type { RowFile } from '../../../ingest/row.ts'
import { saveFile } from '../../shared/save-file.ts'
import type { RefusedRow } from './import-run.ts'

const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`

/**
 * Stores refused rows, each with the reason and the line of the file, in the form that they were sent in: corrected, they can be imported again.
 */
export function saveRefused(name: string, { type, preface }: RowFile, refused: readonly RefusedRow[]): void {
  const base = name.replace(/\.[^.]*$/, '')
  if (type === 'text/csv') {
    const rows = refused.map(({ row, problem }) => `${quote(problem)},"${row.line}",${row.text}`)
    // Spreadsheets read a file with a byte order mark as UTF-8.
    saveFile(`${base}.refused.csv`, type, ['\ufeff', `"problem","line",${preface}`, ...rows])
  } else {
    const rows = refused.map(({ row, problem }) => JSON.stringify({ problem, line: row.line, row: row.text.trim() }))
    saveFile(`${base}.refused.ndjson`, type, [rows.join('\n')])
  }
}

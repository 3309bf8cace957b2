import type { Draft } from '../../../ingest/columns.ts'
import type { DateFormat } from '../../../ingest/date-columns.ts'
import { Store } from '../../shared/store.ts'
import type { ImportRun } from './import-run.ts'

/** What the columns of a table mean. */
export type ColumnChoices = Pick<Draft, 'targets' | 'ids' | 'name'>

/** How a file is to be read; null for what the file itself shows. */
export interface ReadingChoices {
  encoding: string | null
  delimiter: string | null
  dateFormat: DateFormat | null
  columns: ColumnChoices | null
}

interface ImportState {
  file: File | null
  choices: ReadingChoices
  source: string
  country: string
  /** The preview or the import; null before. */
  run: ImportRun | null
}

export const UNCHOSEN: ReadingChoices = { encoding: null, delimiter: null, dateFormat: null, columns: null }
const EMPTY: ImportState = { file: null, choices: UNCHOSEN, source: '', country: '', run: null }

/** The import. It goes on while another view is open, until sign-out. */
export const currentImport = new Store<ImportState>(EMPTY)

/** Changes what is to be imported: an earlier preview is no longer about it. */
export function changeImport(changed: Partial<Omit<ImportState, 'run'>>): void {
  const current = currentImport.get()
  current.run?.stop()
  currentImport.set({ ...current, ...changed, run: null })
}

export function forgetImport(): void {
  currentImport.get().run?.stop()
  currentImport.set(EMPTY)
}

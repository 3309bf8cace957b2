import '../edit/edit.css'
import './import.css'
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { type DragEvent, type FormEvent, useState, useSyncExternalStore } from 'react'
import { definitionsQuery, useDefinitions } from '../edit/definitions.ts'
import { TextField } from '../edit/inputs.tsx'
import { FailureNotice } from '../failure.tsx'
import { useTexts } from '../translator.ts'
import { ColumnsTable } from './columns-table.tsx'
import { FileChoice } from './file-choice.tsx'
import { ImportRun } from './import-run.ts'
import { changeImport, currentImport, UNCHOSEN } from './import-state.ts'
import { readFile } from './read-file.ts'
import { ReadingFault } from './reading-fault.tsx'
import { ReadingForm } from './reading-form.tsx'
import { RunPanel } from './run-panel.tsx'

const chooseFile = (file: File) => changeImport({ file, choices: UNCHOSEN })

/** Each chosen file has a number, by which what was read of it is kept. */
const numbers = new WeakMap<File, number>()
let count = 0
function numberOf(file: File | null): number {
  if (file === null) return 0
  const number = numbers.get(file) ?? ++count
  numbers.set(file, number)
  return number
}

const NO_RUN = { subscribe: () => () => undefined, get: () => null }

/** Whether rows are being written, so that nothing about them can be changed. */
function useIsImporting(run: ImportRun | null): boolean {
  const { subscribe, get } = run?.state ?? NO_RUN
  useSyncExternalStore<unknown>(subscribe, get)
  return run !== null && !run.isPreview && run.isWorking
}

/** Takes in a file of customers: how it is read, a preview, and the import. */
export function Import() {
  const { t } = useTexts()
  const { file, choices, source, country, run } = useSyncExternalStore(currentImport.subscribe, currentImport.get)
  const [isOver, setIsOver] = useState(false)
  const isImporting = useIsImporting(run)
  const definitions = useDefinitions()
  const queries = useQueryClient()
  const query = queryOptions({
    queryKey: ['import', numberOf(file), choices],
    queryFn: async () => file && readFile(file, choices, (await queries.ensureQueryData(definitionsQuery)).fields),
    networkMode: 'always',
    structuralSharing: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  })
  const reading = useQuery({ ...query, enabled: file !== null, placeholderData: before => before })
  const found = reading.isPlaceholderData || reading.isError ? undefined : (reading.data ?? undefined)
  const rows = found?.rows ?? null

  const start = async (dryRun: boolean) => {
    const before = currentImport.get()
    const read = await queries.fetchQuery(query).catch(() => null)
    // Something else was chosen while the file was being read.
    if (!read?.rows || currentImport.get() !== before) return
    const options = { source, country: country === '' ? undefined : country.toUpperCase(), dryRun }
    run?.stop()
    currentImport.set({ ...before, run: new ImportRun(read.rows, options) })
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    start(true)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setIsOver(false)
    const [dropped] = event.dataTransfer.files
    if (dropped && !isImporting) chooseFile(dropped)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a file can also be chosen by a button
    <div
      className={`stack drop${isOver ? ' over' : ''}`}
      onDragOver={event => {
        event.preventDefault()
        setIsOver(true)
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
    >
      <h1>{t('import.title')}</h1>
      {definitions.error && <FailureNotice error={definitions.error} onRetry={definitions.refetch} />}
      <FileChoice file={file} isDisabled={isImporting} onChoose={chooseFile} />
      {file && (
        <form className="card" onSubmit={submit}>
          <fieldset className="stack plain-fieldset" disabled={isImporting}>
            <h2>{t('import.reading')}</h2>
            {reading.error && <ReadingFault error={reading.error} />}
            <div className="edit-fields">
              <TextField
                label={t('import.source')}
                hint={t('import.sourceHint')}
                fault={undefined}
                value={source}
                required
                maxLength={64}
                autoFocus
                onChange={value => changeImport({ source: value })}
              />
              <TextField
                label={t('import.country')}
                hint={t('import.countryHint')}
                dir="ltr"
                fault={undefined}
                value={country}
                pattern="[A-Za-z]{2}"
                onChange={value => changeImport({ country: value.trim() })}
              />
              <ReadingForm
                choices={choices}
                reading={reading.data ?? null}
                onChange={changed => changeImport({ choices: { ...choices, ...changed } })}
              />
            </div>
            {reading.data?.table && !reading.isError && (
              <ColumnsTable
                table={reading.data.table}
                fields={definitions.data?.fields ?? []}
                onChange={columns => changeImport({ choices: { ...choices, columns } })}
              />
            )}
            <div className="row">
              <button className="button primary" type="submit" disabled={rows === null && !reading.isFetching}>
                {t('import.preview')}
              </button>
            </div>
          </fieldset>
        </form>
      )}
      {run && rows && file && <RunPanel run={run} file={file} rows={rows} onImport={() => start(false)} />}
    </div>
  )
}

import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useSyncExternalStore } from 'react'
import { Failure } from '../../../ingest/failure.ts'
import type { RowFile } from '../../../ingest/row.ts'
import { Name } from '../customer/name.tsx'
import { ActionFault } from '../provider/action.tsx'
import { useTexts } from '../translator.ts'
import type { ImportRun, RunState } from './import-run.ts'
import { saveRefused } from './save-refused.ts'

const OUTCOMES = ['created', 'updated', 'unchanged', 'deleted', 'restored', 'refused', 'likely_duplicates'] as const
/** The outcomes that are told even if there are none. */
const ALWAYS: readonly string[] = ['created', 'updated', 'refused', 'likely_duplicates']
const MAX_SHOWN = 20

const warn = (event: BeforeUnloadEvent) => event.preventDefault()

function Counts({ counts, isPreview }: { counts: RunState['counts']; isPreview: boolean }) {
  const { t, language } = useTexts()
  const number = new Intl.NumberFormat(language)
  return (
    <dl className="counts">
      {OUTCOMES.filter(it => ALWAYS.includes(it) || (counts?.[it] ?? 0) > 0).map(outcome => (
        <div key={outcome}>
          <dt>{t(isPreview ? `preview.${outcome}` : `imported.${outcome}`)}</dt>
          <dd>{number.format(counts?.[outcome] ?? 0)}</dd>
        </div>
      ))}
    </dl>
  )
}

/** The first rows that look like somebody on the list, each with the likeliest one. */
function LikelyRows({ run }: { run: ImportRun }) {
  const { t, language } = useTexts()
  const percent = new Intl.NumberFormat(language, { style: 'percent' })
  return (
    <section className="stack">
      <h3>{t('import.likely')}</h3>
      <ul className="hits">
        {run.likely.slice(0, MAX_SHOWN).map(({ line, duplicates: [first] }) => (
          <li className="hit" key={line}>
            <div className="row spread">
              <span>
                {t('import.line', { line })}{' '}
                {first && (
                  <Link to="/customers/$id" params={{ id: first.id }}>
                    <Name customer={{ surname: first.surname ?? null, given_name: first.given_name ?? null }} />
                  </Link>
                )}
              </span>
              <span className="score">{first && percent.format(first.score)}</span>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}

interface Props {
  run: ImportRun
  file: File
  rows: RowFile
  onImport: () => void
}

/** A preview or an import: how far it is, what comes of the rows, and what can be done next. */
export function RunPanel({ run, file, rows, onImport }: Props) {
  const { t, language } = useTexts()
  const { step, share, counts, error } = useSyncExternalStore(run.state.subscribe, run.state.get)
  const next = useRef<HTMLButtonElement>(null)
  const { isPreview, refused } = run
  const { isWorking } = run
  const mayImport = isPreview && step === 'done' && counts !== null && counts.refused < counts.rows
  useEffect(() => {
    if (mayImport) next.current?.focus()
  }, [mayImport])
  useEffect(() => {
    if (!isWorking || isPreview) return
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [isWorking, isPreview])
  const percent = new Intl.NumberFormat(language, { style: 'percent' }).format(share)
  return (
    <section className="card stack" aria-label={t(isPreview ? 'import.preview' : 'import.title')}>
      <div role="status">
        <h2>{t(`${isPreview ? 'preview' : 'imported'}.${step}`, { percent })}</h2>
      </div>
      {isWorking && <progress className="progress" value={share} aria-label={t('import.progress')} />}
      <Counts counts={counts} isPreview={isPreview} />
      {error instanceof Failure ? (
        <p className="notice bad" role="alert">
          <bdi lang="en">{error.message}</bdi>
        </p>
      ) : (
        <ActionFault error={error} />
      )}
      <div className="row">
        {step === 'running' && (
          <button className="button" type="button" onClick={() => run.pause()}>
            {t('import.pause')}
          </button>
        )}
        {step === 'paused' && (
          <>
            <button className="button primary" type="button" onClick={() => run.resume()}>
              {t('import.resume')}
            </button>
            <button className="button" type="button" onClick={() => run.stop()}>
              {t('import.stop')}
            </button>
          </>
        )}
        {mayImport && (
          <button ref={next} className="button primary" type="button" onClick={onImport}>
            {t('import.import')}
          </button>
        )}
        {!isWorking && refused.length > 0 && (
          <button className="button" type="button" onClick={() => saveRefused(file.name, rows, refused)}>
            {t('import.saveRefused')}
          </button>
        )}
      </div>
      {!isWorking && refused.length > 0 && (
        <ul className="refused">
          {refused.slice(0, MAX_SHOWN).map(({ row, problem }) => (
            <li key={row.number}>
              {t('import.line', { line: row.line })} <bdi lang="en">{problem}</bdi>
            </li>
          ))}
        </ul>
      )}
      {!isWorking && run.likely.length > 0 && <LikelyRows run={run} />}
    </section>
  )
}

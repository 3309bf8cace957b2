import { Link } from '@tanstack/react-router'
import { FailureNotice } from '../failure.tsx'
import { useTexts } from '../translator.ts'
import { usePending } from '../use-pending.ts'
import { RunReport } from './run-report.tsx'

const UNITS = [
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const

/** A number of seconds in the largest unit in which it is whole. */
function formatInterval(language: string, seconds: number): string {
  const [unit, length] = UNITS.find(([, length]) => seconds % length === 0) ?? ['second', 1]
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(seconds / length)
}

/** Who is due, by the last run of the purge, and whether runs fail. */
export function PendingRuns() {
  const { t, language } = useTexts()
  const { data, error, refetch } = usePending()
  return (
    <section className="card stack">
      <h2>{t('retention.title')}</h2>
      {error && <FailureNotice error={error} onRetry={refetch} />}
      {data && (
        <>
          {data.retention.failed_runs > 0 && (
            <p className="notice bad">{t('pending.failedRuns', { number: data.retention.failed_runs })}</p>
          )}
          {data.retention.last_run === null ? (
            <p className="quiet">{t('retention.noRuns')}</p>
          ) : (
            <RunReport run={data.retention.last_run} />
          )}
          <p className="quiet">
            {t('pending.interval', { time: formatInterval(language, data.retention.interval_seconds) })}
          </p>
          <p>
            <Link to="/retention">{t('pending.retention')}</Link>
          </p>
        </>
      )}
    </section>
  )
}

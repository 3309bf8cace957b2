import { Link } from '@tanstack/react-router'
import { FailureNotice } from '../failure.tsx'
import { formatDuration } from '../time.tsx'
import { useTexts } from '../translator.ts'
import { usePending } from '../use-pending.ts'
import { RunReport } from './run-report.tsx'

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
            {t('pending.interval', { time: formatDuration(language, data.retention.interval_seconds) })}
          </p>
          <p>
            <Link to="/retention">{t('pending.retention')}</Link>
          </p>
        </>
      )}
    </section>
  )
}

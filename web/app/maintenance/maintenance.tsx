import { useSyncExternalStore } from 'react'
import { CustomerIds } from '../customer/customer-ids.tsx'
import { ActionFault } from '../provider/action.tsx'
import { useTexts } from '../translator.ts'
import { COUNTS, DIFFERENCES, type Job, type JobName, lastJob, runJob, stopJob } from './job.ts'

/** What a comparison came to, in a sentence. */
function Outcome({ job: { counts, needsRebuild, name } }: { job: Job }) {
  const { t } = useTexts()
  if (name === 'views' || name === 'index')
    return (
      <p className="notice good" role="status">
        {t('maintenance.done')}
      </p>
    )
  const found = DIFFERENCES.reduce((sum, kind) => sum + (counts[kind] ?? 0), 0)
  const isOpen = found > (counts.repaired ?? 0)
  return (
    <p className={`notice ${isOpen ? 'warn' : 'good'}`} role="status">
      {t(found === 0 ? 'maintenance.agrees' : isOpen ? 'maintenance.differs' : 'maintenance.repaired')}
      {needsRebuild && ` ${t('maintenance.needsRebuild')}`}
    </p>
  )
}

/** How far a job is, and what it came to. */
function Progress({ job }: { job: Job }) {
  const { t, language } = useTexts()
  const { step, counts, phase, ids, error } = job
  const format = new Intl.NumberFormat(language)
  return (
    <>
      {step === 'running' && (
        <p className="row" role="status">
          {t('maintenance.running')}{' '}
          {phase !== null && <span className="grade">{t(`maintenance.phase.${phase}`)}</span>}
        </p>
      )}
      {step === 'stopped' && <p role="status">{t('maintenance.stopped')}</p>}
      {step === 'done' && <Outcome job={job} />}
      <ActionFault error={error} />
      <dl className="values">
        {COUNTS.filter(name => counts[name] !== undefined).map(name => (
          <div key={name}>
            <dt>{t(`maintenance.count.${name}`)}</dt>
            <dd>{format.format(counts[name] ?? 0)}</dd>
          </div>
        ))}
      </dl>
      {ids.length > 0 && (
        <details>
          <summary>{t('maintenance.some')}</summary>
          <CustomerIds ids={ids} />
        </details>
      )}
      {step === 'running' && (
        <div>
          <button className="button" type="button" onClick={stopJob}>
            {t('maintenance.stop')}
          </button>
        </div>
      )}
    </>
  )
}

interface JobCardProps {
  title: string
  meaning: string
  actions: readonly (readonly [name: JobName, label: string])[]
}

/** What can be done, what it does, and how it went the last time. */
function JobCard({ title, meaning, actions }: JobCardProps) {
  const job = useSyncExternalStore(lastJob.subscribe, lastJob.get)
  const isRunning = job?.step === 'running'
  return (
    <section className="card stack" aria-label={title}>
      <h2>{title}</h2>
      <p className="quiet">{meaning}</p>
      <div className="row">
        {actions.map(([name, label]) => (
          <button key={name} className="button" type="button" disabled={isRunning} onClick={() => runJob(name)}>
            {label}
          </button>
        ))}
      </div>
      {job !== null && actions.some(([name]) => name === job.name) && <Progress job={job} />}
    </section>
  )
}

/** What is made of the list at this location, compared and made anew. */
export function Maintenance() {
  const { t } = useTexts()
  return (
    <div className="stack">
      <h1>{t('maintenance.title')}</h1>
      <p>{t('maintenance.meaning')}</p>
      <JobCard
        title={t('maintenance.drift')}
        meaning={t('maintenance.driftMeaning')}
        actions={[
          ['drift', t('maintenance.compare')],
          ['repair', t('maintenance.repair')],
        ]}
      />
      <JobCard
        title={t('maintenance.index')}
        meaning={t('maintenance.indexMeaning')}
        actions={[['index', t('maintenance.rebuildIndex')]]}
      />
      <JobCard
        title={t('maintenance.views')}
        meaning={t('maintenance.viewsMeaning')}
        actions={[['views', t('maintenance.rebuildViews')]]}
      />
    </div>
  )
}

import type { ReactNode } from 'react'
import type { components } from '../../../client/paths.ts'
import { Time } from '../time.tsx'
import { useTexts } from '../translator.ts'

const COUNTS = ['due', 'expired', 'marked', 'removed', 'returned'] as const

interface Props {
  run: components['schemas']['RetentionRun']
  /** What can be done with the run. */
  children?: ReactNode
}

/** When a run was, how it ended, and what it found and did. */
export function RunReport({ run, children }: Props) {
  const { t } = useTexts()
  const { at, actor, location, dry_run, finished, failed, kept, waiting_for } = run
  const waiting = kept.waiting + kept.unheard
  const facts = [
    ...COUNTS.filter(it => run[it] > 0 || it === 'due').map(it => t(`retention.${it}`, { number: run[it] })),
    ...(kept.held > 0 ? [t('retention.held', { number: kept.held })] : []),
    ...(waiting > 0 ? [t('retention.waiting', { number: waiting })] : []),
    ...(waiting_for.length > 0 ? [t('retention.waitingFor', { locations: waiting_for.join(', ') })] : []),
  ]
  return (
    <>
      <div className="row spread">
        <span>
          <Time at={at} />{' '}
          <span className="quiet">
            <bdi>{actor}</bdi> {t('customer.byAt', { location })}
          </span>
        </span>
        <span className="row">
          {dry_run && <span className="grade">{t('retention.dryRun')}</span>}
          {failed && <span className="grade down">{t('retention.failed')}</span>}
          {!finished && !failed && <span className="grade">{t('retention.unfinished')}</span>}
          {children}
        </span>
      </div>
      <span className="wrap">{facts.join(' · ')}</span>
    </>
  )
}

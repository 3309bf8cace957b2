import type { components } from '../../../client/paths.ts'
import { usePages } from '../pages.tsx'
import { ActionFault, useAction } from '../provider/action.tsx'
import { Confirmed } from '../provider/confirmed.tsx'
import { ListCard } from '../provider/list-card.tsx'
import { dataOf } from '../request.ts'
import { repeatUntilDone } from '../resume.ts'
import { registry } from '../session.ts'
import { Time } from '../time.tsx'
import { useTexts } from '../translator.ts'

type Run = components['schemas']['RetentionRun']

const COUNTS = ['due', 'expired', 'marked', 'removed', 'returned'] as const

/** A run: what it did, and a button that takes its customers back. */
function RunRow({ run }: { run: Run }) {
  const { t } = useTexts()
  const { id, at, actor, location, dry_run, finished, expired, marked, kept, waiting_for } = run
  const cancel = useAction(
    () => dataOf(registry.POST('/v1/retention/runs/{id}/cancel', { params: { path: { id } } })),
    'runs',
  )
  const facts = [
    ...COUNTS.filter(it => run[it] > 0 || it === 'due').map(it => t(`retention.${it}`, { number: run[it] })),
    ...(kept.held > 0 ? [t('retention.held', { number: kept.held })] : []),
    ...(waiting_for.length > 0 ? [t('retention.waitingFor', { locations: waiting_for.join(', ') })] : []),
  ]
  return (
    <li className="stack run">
      <div className="row spread">
        <span>
          <Time at={at} />{' '}
          <span className="quiet">
            <bdi>{actor}</bdi> {t('customer.byAt', { location })}
          </span>
        </span>
        <span className="row">
          {dry_run && <span className="grade">{t('retention.dryRun')}</span>}
          {!finished && <span className="grade">{t('retention.unfinished')}</span>}
          {!dry_run && expired + marked > 0 && (
            <Confirmed
              label={t('retention.cancel')}
              named={t('retention.cancel')}
              onConfirm={() => cancel.mutate(undefined)}
            >
              {t('retention.cancelling')}
            </Confirmed>
          )}
        </span>
      </div>
      <span className="wrap">{facts.join(' · ')}</span>
      {cancel.data && (
        <p className="notice good" role="status">
          {t('retention.cancelled', { returned: cancel.data.returned, removed: cancel.data.removed })}
        </p>
      )}
      <ActionFault error={cancel.error} />
    </li>
  )
}

/** The runs of the purge, newest first, and a button that starts one. */
export function Runs() {
  const { t } = useTexts()
  const runs = usePages(['runs'], (page, signal) =>
    dataOf(registry.GET('/v1/retention/runs', { params: { query: page }, signal })),
  )
  const start = useAction(
    () =>
      repeatUntilDone(
        query => dataOf(registry.POST('/v1/retention/runs', { params: { query }, body: {} })),
        () => undefined,
      ),
    'runs',
  )
  return (
    <>
      <div className="row">
        <Confirmed label={t('retention.run')} named={t('retention.run')} onConfirm={() => start.mutate(undefined)}>
          {t('retention.running')}
        </Confirmed>
      </div>
      <ActionFault error={start.error} />
      <ListCard title={t('retention.runs')} list={runs} empty={t('retention.noRuns')}>
        {run => <RunRow key={run.id} run={run} />}
      </ListCard>
    </>
  )
}

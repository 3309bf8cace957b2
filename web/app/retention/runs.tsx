import type { components } from '../../../client/paths.ts'
import { usePages } from '../pages.tsx'
import { ActionFault, useAction } from '../provider/action.tsx'
import { Confirmed } from '../provider/confirmed.tsx'
import { ListCard } from '../provider/list-card.tsx'
import { dataOf } from '../request.ts'
import { repeatUntilDone } from '../resume.ts'
import { registry } from '../session.ts'
import { useTexts } from '../translator.ts'
import { RunReport } from './run-report.tsx'

type Run = components['schemas']['RetentionRun']

/** A run: what it did, and a button that takes its customers back. */
function RunRow({ run }: { run: Run }) {
  const { t } = useTexts()
  const { id, dry_run, expired, marked } = run
  const cancel = useAction(
    () => dataOf(registry.POST('/v1/retention/runs/{id}/cancel', { params: { path: { id } } })),
    'runs',
  )
  return (
    <li className="stack run">
      <RunReport run={run}>
        {!dry_run && expired + marked > 0 && (
          <Confirmed
            label={t('retention.cancel')}
            named={t('retention.cancel')}
            onConfirm={() => cancel.mutate(undefined)}
          >
            {t('retention.cancelling')}
          </Confirmed>
        )}
      </RunReport>
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

import { Link } from '@tanstack/react-router'
import type { components } from '../../../client/paths.ts'
import { fieldLabel } from '../customer/field-label.ts'
import { dataOf } from '../request.ts'
import { registry } from '../session.ts'
import { Time } from '../time.tsx'
import { useTexts } from '../translator.ts'
import { ActionFault, useAction } from './action.tsx'

type Conflict = components['schemas']['Conflict']

interface SideProps {
  side: Conflict['kept']
  title: string
  children: React.ReactNode
}

function Side({ side: { value, action, actor, location, recorded_at }, title, children }: SideProps) {
  const { t } = useTexts()
  return (
    <div className="side stack">
      <span className="quiet">{title}</span>
      <strong className="wrap">{value === null ? t(`action.${action}`) : <bdi>{String(value)}</bdi>}</strong>
      <span className="quiet">
        <bdi>{actor}</bdi> {t('customer.byAt', { location })} · <Time at={recorded_at} />
      </span>
      {children}
    </div>
  )
}

/** Two changes of which only one can hold: the provider confirms the one that holds, or reverses it. */
export function ConflictCard({ conflict: { id, customer, field, kept, lost } }: { conflict: Conflict }) {
  const { t } = useTexts()
  const settle = useAction(
    (decision: 'confirm' | 'reverse') =>
      dataOf(registry.POST('/v1/conflicts/{id}', { params: { path: { id } }, body: { decision } })),
    'conflicts',
  )
  return (
    <li className="stack">
      <span>
        {fieldLabel(t, field)} ·{' '}
        <Link to="/customers/$id" params={{ id: customer }}>
          {t('conflicts.customer')}
        </Link>
      </span>
      <div className="sides">
        <Side side={kept} title={t('conflicts.kept')}>
          <button
            className="button primary"
            type="button"
            disabled={settle.isPending}
            onClick={() => settle.mutate('confirm')}
          >
            {t('conflicts.confirm')}
          </button>
        </Side>
        <Side side={lost} title={t('conflicts.lost')}>
          <button className="button" type="button" disabled={settle.isPending} onClick={() => settle.mutate('reverse')}>
            {t('conflicts.reverse')}
          </button>
        </Side>
      </div>
      <ActionFault error={settle.error} />
    </li>
  )
}

import { Link } from '@tanstack/react-router'
import { FailureNotice } from '../failure.tsx'
import { Time } from '../time.tsx'
import { useTexts } from '../translator.ts'
import { fieldLabel } from './field-label.ts'
import { useHistory } from './use-history.ts'

/** The versions of a customer, newest first: what, when, who, where and why. */
export function History({ id }: { id: string }) {
  const { t } = useTexts()
  const { items, error, refetch, hasNextPage, fetchNextPage } = useHistory(id)
  return (
    <section className="card stack">
      <h2>{t('customer.history')}</h2>
      {error && <FailureNotice error={error} onRetry={refetch} />}
      <ol className="timeline">
        {items.map(({ version, action, valid_from, recorded_at, actor, location, sets, note, conflict }) => (
          <li key={version}>
            <Link
              to="/customers/$id"
              params={{ id }}
              search={{ as_of: valid_from, known_at: recorded_at }}
              resetScroll={false}
            >
              <strong>{t(`action.${action}`)}</strong> <Time at={valid_from} />
            </Link>
            <div className="quiet">
              <bdi>{actor}</bdi> {t('customer.byAt', { location })}
              {recorded_at !== valid_from && (
                <>
                  {' · '}
                  {t('customer.recordedAt')} <Time at={recorded_at} />
                </>
              )}
            </div>
            {action === 'update' && (
              <div>{t('customer.changed', { fields: sets.map(it => fieldLabel(t, it)).join(', ') })}</div>
            )}
            {note !== null && <bdi>{note}</bdi>}
            {conflict && <p className="fault">{t('customer.conflict')}</p>}
          </li>
        ))}
      </ol>
      {hasNextPage && (
        <button className="button" type="button" onClick={() => fetchNextPage()}>
          {t('customer.more')}
        </button>
      )}
    </section>
  )
}

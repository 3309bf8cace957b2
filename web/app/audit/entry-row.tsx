import { Link } from '@tanstack/react-router'
import type { components } from '../../../client/paths.ts'
import { CustomerIds } from '../customer/customer-ids.tsx'
import { fieldLabel } from '../customer/field-label.ts'
import { Time } from '../time.tsx'
import { useTexts } from '../translator.ts'
import { ActionName } from './action-name.tsx'

type Entry = components['schemas']['AuditEntry']

const CUSTOMER = 'customer/'

/** The customers that an access showed, by id: as a list that opens. */
function Shown({ entry: { shown, shown_count, record } }: { entry: Entry }) {
  const { t } = useTexts()
  const others = shown?.filter(id => record !== CUSTOMER + id) ?? []
  if (others.length === 0) return null
  return (
    <details>
      <summary>{t('audit.showed', { number: shown_count ?? others.length })}</summary>
      <CustomerIds ids={others} />
    </details>
  )
}

/** One entry: what, when, who, where, and about whom. */
export function EntryRow({ entry }: { entry: Entry }) {
  const { t } = useTexts()
  const { action, outcome, at, actor, location, record, count, before, after, note } = entry
  const fields = Object.keys(after ?? before ?? {})
  return (
    <li className="entry">
      <div className="row">
        <ActionName action={action} />
        {outcome !== 'done' && <span className="grade">{outcome}</span>}
        {count > 1 && <span className="quiet">{t('audit.times', { count })}</span>}
        <span className="grow" />
        <span className="quiet">
          <Time at={at} />
        </span>
      </div>
      <div className="row quiet">
        <span>
          <bdi>{actor}</bdi> {t('customer.byAt', { location })}
        </span>
        {record?.startsWith(CUSTOMER) && (
          <Link to="/customers/$id" params={{ id: record.slice(CUSTOMER.length) }}>
            {t('audit.about')}
          </Link>
        )}
      </div>
      {fields.length > 0 && (
        <div className="wrap">{t('audit.fields', { fields: fields.map(it => fieldLabel(t, it)).join(', ') })}</div>
      )}
      {note !== null && <bdi>{note}</bdi>}
      <Shown entry={entry} />
    </li>
  )
}

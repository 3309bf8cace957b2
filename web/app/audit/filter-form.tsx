import type { ComponentProps, FormEvent } from 'react'
import { AUDIT_ACTIONS } from '../../../contract/audit-actions.ts'
import { useTexts } from '../translator.ts'
import { CHANGES } from './action-name.tsx'
import { dayBefore, NO_PERSON, type PersonalFilter } from './filter.ts'
import { type AuditSearch, toAuditSearch } from './search-params.ts'

const OPERATIONS = AUDIT_ACTIONS.filter(it => !CHANGES.some(change => change === it))

interface InputProps extends ComponentProps<'input'> {
  label: string
}

function Input({ label, ...props }: InputProps) {
  return (
    <label className="field">
      <span className="label">{label}</span>
      <input className="input" autoComplete="off" {...props} />
    </label>
  )
}

interface Props {
  search: AuditSearch
  person: PersonalFilter
  /** Only the reader's own entries are shown. */
  isOwn: boolean
  onChange: (search: AuditSearch, person: PersonalFilter) => void
}

/** Which entries are shown. Names stay in the form: they are not in the address. */
export function FilterForm({ search, person, isOwn, onChange }: Props) {
  const { t } = useTexts()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const values = Object.fromEntries(new FormData(event.currentTarget))
    onChange(toAuditSearch(values), { actor: String(values.actor ?? ''), asked: String(values.asked) })
  }
  return (
    <form className="card stack" onSubmit={submit}>
      <div className="form">
        <label className="field">
          <span className="label">{t('audit.action')}</span>
          <select className="input" name="action" defaultValue={search.action ?? ''}>
            <option value="">{t('audit.anyAction')}</option>
            <optgroup label={t('audit.changes')}>
              {CHANGES.map(it => (
                <option key={it} value={it}>
                  {t(`action.${it}`)}
                </option>
              ))}
            </optgroup>
            <optgroup label={t('audit.operations')}>
              {OPERATIONS.map(it => (
                <option key={it} value={it}>
                  {it}
                </option>
              ))}
            </optgroup>
          </select>
        </label>
        {!isOwn && (
          <Input label={t('audit.actor')} name="actor" dir="auto" maxLength={200} defaultValue={person.actor} />
        )}
        <Input label={t('audit.from')} name="from" type="date" defaultValue={search.from} />
        <Input label={t('audit.to')} name="to" type="date" defaultValue={search.to} />
        <Input
          label={t(isOwn ? 'audit.ownShown' : 'audit.shown')}
          name="shown"
          dir="ltr"
          maxLength={36}
          defaultValue={search.shown}
        />
        <Input label={t('audit.customer')} name="customer" dir="ltr" maxLength={36} defaultValue={search.customer} />
        <Input
          label={t('audit.group.location')}
          name="location"
          dir="ltr"
          maxLength={40}
          defaultValue={search.location}
        />
        <Input label={t('audit.outcome')} name="outcome" dir="ltr" maxLength={40} defaultValue={search.outcome} />
        <Input
          label={t(isOwn ? 'audit.ownAsked' : 'audit.asked')}
          name="asked"
          dir="auto"
          maxLength={400}
          defaultValue={person.asked}
        />
      </div>
      <div className="row">
        <button className="button primary" type="submit">
          {t('audit.filter')}
        </button>
        <button
          className="button"
          type="button"
          onClick={() => {
            const { to: _, ...others } = search
            onChange({ ...others, from: dayBefore(7) }, person)
          }}
        >
          {t('audit.lastWeek')}
        </button>
        <button className="button" type="button" onClick={() => onChange({}, NO_PERSON)}>
          {t('audit.reset')}
        </button>
      </div>
    </form>
  )
}

import type { ComponentProps, FormEvent } from 'react'
import { toLocalTime, toUtcTime } from '../local-time.ts'
import { useTexts } from '../translator.ts'
import type { ChangesSearch } from './changes-search.ts'

const DAY_MS = 86_400_000
const WEEK_DAYS = 7

interface Props {
  search: ChangesSearch
  onChange: (search: { [Name in keyof ChangesSearch]: string | undefined }) => void
}

function Input({ label, ...props }: ComponentProps<'input'> & { label: string }) {
  return (
    <label className="field">
      <span className="label">{label}</span>
      <input className="input" autoComplete="off" dir="ltr" {...props} />
    </label>
  )
}

/** The two times to compare the list at, in the reader's zone, and which differences are shown. */
export function MomentsForm({ search, onChange }: Props) {
  const { t } = useTexts()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const textOf = (name: keyof ChangesSearch) => String(form.get(name)).trim()
    onChange({
      from: toUtcTime(textOf('from')),
      to: toUtcTime(textOf('to')),
      customer: textOf('customer'),
      field: textOf('field'),
    })
  }
  const localOf = (time: string | undefined) => (time === undefined ? '' : toLocalTime(time))
  return (
    <form className="card stack" onSubmit={submit}>
      <div className="form">
        <Input
          label={t('changes.from')}
          name="from"
          type="datetime-local"
          step="any"
          required
          defaultValue={localOf(search.from)}
        />
        <Input label={t('changes.to')} name="to" type="datetime-local" step="any" defaultValue={localOf(search.to)} />
        <Input label={t('changes.customer')} name="customer" maxLength={36} defaultValue={search.customer} />
        <Input label={t('changes.onlyField')} name="field" maxLength={60} defaultValue={search.field} />
      </div>
      <div className="row">
        <button className="button primary" type="submit">
          {t('changes.compare')}
        </button>
        <button
          className="button"
          type="button"
          onClick={() =>
            onChange({ ...search, from: new Date(Date.now() - WEEK_DAYS * DAY_MS).toISOString(), to: undefined })
          }
        >
          {t('audit.lastWeek')}
        </button>
      </div>
    </form>
  )
}

import { getRouteApi } from '@tanstack/react-router'
import { TextField } from '../edit/inputs.tsx'
import { Time } from '../time.tsx'
import { useTexts } from '../translator.ts'
import { useTyped } from '../use-typed.ts'
import { type TimeSearch, toTimeSearch } from './time-search.ts'

const route = getRouteApi('/customers/$id')
const MS_PER_MINUTE = 60_000
const SECONDS_LENGTH = 19

/** A time in the reader's zone, as an input of a local time has it. */
function toLocal(iso: string | undefined): string {
  if (iso === undefined) return ''
  const time = new Date(iso)
  return new Date(time.getTime() - time.getTimezoneOffset() * MS_PER_MINUTE).toISOString().slice(0, SECONDS_LENGTH)
}

const toIso = (local: string): string | undefined =>
  Number.isNaN(Date.parse(local)) ? undefined : new Date(local).toISOString()

interface TimeFieldProps {
  label: string
  time: string | undefined
  onChange: (time: string | undefined) => void
}

function TimeField({ label, time, onChange }: TimeFieldProps) {
  const [typed, setTyped] = useTyped(toLocal(time))
  const change = (value: string) => {
    setTyped(value)
    onChange(toIso(value))
  }
  return <TextField label={label} type="datetime-local" dir="ltr" fault={undefined} value={typed} onChange={change} />
}

/** Chooses the time that the customer is looked at, and says in a sentence what one sees. */
export function TimeTravel() {
  const { t } = useTexts()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const change = (changed: { [Name in keyof TimeSearch]: string | undefined }) =>
    navigate({ search: toTimeSearch({ ...search, ...changed }), replace: true })
  const { as_of, known_at } = search
  return (
    <section className="stack" aria-label={t('time.title')}>
      <div className="edit-fields">
        <TimeField label={t('time.asOf')} time={as_of} onChange={it => change({ as_of: it })} />
        <TimeField label={t('time.knownAt')} time={known_at} onChange={it => change({ known_at: it })} />
      </div>
      {(as_of !== undefined || known_at !== undefined) && (
        <div className="notice row spread" role="status">
          <span>
            {t('time.valid')} {as_of === undefined ? t('time.now') : <Time at={as_of} />}
            {' · '}
            {t('time.known')} {known_at === undefined ? t('time.today') : <Time at={known_at} />}
          </span>
          <button className="button" type="button" onClick={() => navigate({ search: {} })}>
            {t('time.back')}
          </button>
        </div>
      )}
    </section>
  )
}

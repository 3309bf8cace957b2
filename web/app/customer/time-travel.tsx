import { getRouteApi } from '@tanstack/react-router'
import { TextField } from '../edit/inputs.tsx'
import { toLocalTime, toUtcTime } from '../local-time.ts'
import { useTexts } from '../translator.ts'
import { useTyped } from '../use-typed.ts'
import { type TimeSearch, toCustomerSearch } from './time-search.ts'
import { TimeSentence } from './time-sentence.tsx'
import { TimeSlider } from './time-slider.tsx'

const route = getRouteApi('/customers/$id')

interface TimeFieldProps {
  label: string
  time: string | undefined
  onChange: (time: string | undefined) => void
}

function TimeField({ label, time, onChange }: TimeFieldProps) {
  const [typed, setTyped] = useTyped(time === undefined ? '' : toLocalTime(time))
  const change = (value: string) => {
    setTyped(value)
    onChange(toUtcTime(value))
  }
  return <TextField label={label} type="datetime-local" dir="ltr" fault={undefined} value={typed} onChange={change} />
}

interface Props {
  id: string
  search: TimeSearch
  /** Another location may still send a change of before that time. */
  isProvisional: boolean
}

/** Chooses the time that the customer is looked at, and says in a sentence what one sees. */
export function TimeTravel({ id, search, isProvisional }: Props) {
  const { t } = useTexts()
  const navigate = route.useNavigate()
  const { as_of, known_at } = search
  const isNow = as_of === undefined && known_at === undefined
  const change = (changed: { [Name in keyof TimeSearch]: string | undefined }) =>
    navigate({
      search: ({ left, right }) => toCustomerSearch({ ...search, left, right, ...changed }),
      replace: true,
      resetScroll: false,
    })
  return (
    <section className="stack" aria-label={t('time.title')}>
      <div className="stack screen-only">
        <TimeSlider id={id} asOf={as_of} onChange={it => change({ as_of: it })} />
        <div className="edit-fields">
          <TimeField label={t('time.asOf')} time={as_of} onChange={it => change({ as_of: it })} />
          <label className="row switch">
            <input
              type="checkbox"
              checked={known_at !== undefined}
              onChange={({ target: { checked } }) =>
                change({ known_at: checked ? (as_of ?? new Date().toISOString()) : undefined })
              }
            />
            {t('time.onlyKnown')}
          </label>
          {known_at !== undefined && (
            <TimeField label={t('time.knownAt')} time={known_at} onChange={it => change({ known_at: it })} />
          )}
        </div>
      </div>
      <div className="notice row spread" role="status">
        <span>
          <TimeSentence search={search} isProvisional={isProvisional} />
          {known_at !== undefined && ` ${t('time.readOnly')}`}
        </span>
        {!isNow && (
          <button className="button" type="button" onClick={() => change({ as_of: undefined, known_at: undefined })}>
            {t('time.back')}
          </button>
        )}
      </div>
    </section>
  )
}

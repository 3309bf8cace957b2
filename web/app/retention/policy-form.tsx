import { type FormEvent, useRef, useState } from 'react'
import type { components } from '../../../client/paths.ts'
import { ActionFault, useAction } from '../provider/action.tsx'
import { Confirmed } from '../provider/confirmed.tsx'
import { dataOf } from '../request.ts'
import { registry } from '../session.ts'
import { useTexts } from '../translator.ts'

export type Policy = components['schemas']['RetentionPolicy']

/** `undefined`: as in general; null: for ever. */
type Days = number | null | undefined

const MAX_DAYS = 36_525
const DEFAULT_DAYS = 3650
const GENERAL = ''

interface RowProps {
  /** The name of the type; empty for the general rule. */
  type: string
  days: Days
}

/** How long the customers of a type stay. */
function DaysRow({ type, days }: RowProps) {
  const { t } = useTexts()
  const [mode, setMode] = useState(days === undefined ? 'general' : days === null ? 'never' : 'after')
  const label = type === GENERAL ? t('retention.general') : type
  return (
    <div className="row">
      <span className="policy-type">
        <bdi>{label}</bdi>
      </span>
      <select
        className="input choice"
        name={`mode ${type}`}
        aria-label={label}
        value={mode}
        onChange={event => setMode(event.target.value)}
      >
        {type !== GENERAL && <option value="general">{t('retention.asGeneral')}</option>}
        <option value="never">{t('retention.never')}</option>
        <option value="after">{t('retention.after')}</option>
      </select>
      {mode === 'after' && (
        <input
          className="input days"
          type="number"
          name={`days ${type}`}
          aria-label={t('retention.daysOf', { type: label })}
          min={1}
          max={MAX_DAYS}
          defaultValue={days ?? DEFAULT_DAYS}
          required
        />
      )}
    </div>
  )
}

function daysIn(form: FormData, type: string): Days {
  const mode = form.get(`mode ${type}`)
  if (mode === 'after') return Number(form.get(`days ${type}`))
  return mode === 'never' ? null : undefined
}

const policyIn = (form: FormData, types: readonly string[]): Policy => ({
  days: daysIn(form, GENERAL) ?? null,
  types: Object.fromEntries(
    types.flatMap(type => {
      const days = daysIn(form, type)
      return days === undefined ? [] : [[type, days]]
    }),
  ),
})

interface Props {
  policy: Policy
  types: readonly string[]
  onPreview: (policy: Policy) => void
}

/** The policy, which can be previewed before it is set. */
export function PolicyForm({ policy, types, onPreview }: Props) {
  const { t } = useTexts()
  const form = useRef<HTMLFormElement>(null)
  const save = useAction((body: Policy) => dataOf(registry.PUT('/v1/retention', { body })), 'runs')
  const stated = () => (form.current?.reportValidity() ? policyIn(new FormData(form.current), types) : null)
  const preview = (event: FormEvent) => {
    event.preventDefault()
    const next = stated()
    if (next) onPreview(next)
  }
  return (
    <section className="card stack">
      <h2>{t('retention.policy')}</h2>
      <p className="quiet">{t('retention.meaning')}</p>
      <form className="stack" ref={form} id="policy" onSubmit={preview}>
        <DaysRow type={GENERAL} days={policy.days} />
        {types.map(type => (
          <DaysRow key={type} type={type} days={policy.types[type]} />
        ))}
      </form>
      <ActionFault error={save.error} />
      {save.isSuccess && (
        <p className="notice good" role="status">
          {t('retention.saved')}
        </p>
      )}
      <div className="row">
        <button className="button primary" type="submit" form="policy">
          {t('retention.preview')}
        </button>
        <Confirmed
          label={t('retention.save')}
          named={t('retention.save')}
          onConfirm={() => {
            const next = stated()
            if (next) save.mutate(next)
          }}
        >
          {t('retention.saving')}
        </Confirmed>
      </div>
    </section>
  )
}

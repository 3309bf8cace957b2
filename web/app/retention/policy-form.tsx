import { type FormEvent, useRef, useState } from 'react'
import type * as z from 'zod'
import type { components } from '../../../client/paths.ts'
import { policyBody } from '../../../contract/schemas/retention.ts'
import { type Checked, checkBody } from '../edit/checked.ts'
import type { Draft } from '../edit/draft.ts'
import { ChoiceField, TextField } from '../edit/inputs.tsx'
import { useFields } from '../edit/use-form.ts'
import { ActionFault, useAction } from '../provider/action.tsx'
import { Confirmed } from '../provider/confirmed.tsx'
import { dataOf } from '../request.ts'
import { registry } from '../session.ts'
import { useTexts } from '../translator.ts'

export type Policy = components['schemas']['RetentionPolicy']

const DEFAULT_DAYS = 3650
/** The field of the general rule; those of types begin with `types.`. */
const GENERAL = 'days'

const fieldOf = (type: string) => `types.${type}`
const modeOf = (field: string) => `${field} mode`

/** A rule as the form has it: how customers stay, and for how many days. */
const toRule = (field: string, days: number | null | undefined): Draft => ({
  [modeOf(field)]: days === undefined ? 'general' : days === null ? 'never' : 'after',
  [field]: String(days ?? DEFAULT_DAYS),
})

const toDraft = ({ days, types }: Policy, names: readonly string[]): Draft =>
  Object.assign(toRule(GENERAL, days), ...names.map(name => toRule(fieldOf(name), types[name])))

/** The days that a rule states. What is no number stays as it is, for the reason to be said. */
function daysIn(draft: Draft, field: string): unknown {
  if (draft[modeOf(field)] !== 'after') return null
  const text = (draft[field] ?? '').trim()
  return text === '' || Number.isNaN(Number(text)) ? text : Number(text)
}

/** The policy that a draft states: a type without a rule of its own is as in general. */
function check(draft: Draft, names: readonly string[]): Checked<z.output<typeof policyBody>> {
  const own = names.filter(name => draft[modeOf(fieldOf(name))] !== 'general')
  const types = Object.fromEntries(own.map(name => [name, daysIn(draft, fieldOf(name))]))
  return checkBody(policyBody, { days: daysIn(draft, GENERAL), types })
}

interface RowProps {
  label: string
  field: string
  draft: Draft
  inputOf: ReturnType<typeof useFields>['inputOf']
}

/** How long the customers of a type stay, or customers in general. */
function DaysRow({ label, field, draft, inputOf }: RowProps) {
  const { t } = useTexts()
  const modes = [
    ['general', t('retention.asGeneral')],
    ['never', t('retention.never')],
    ['after', t('retention.after')],
  ] as const
  return (
    <div className="row rule">
      <span className="policy-type" aria-hidden="true">
        <bdi>{label}</bdi>
      </span>
      <ChoiceField
        label={label}
        isLabelHidden
        options={modes.filter(([mode]) => mode !== 'general' || field !== GENERAL)}
        {...inputOf(modeOf(field))}
      />
      {draft[modeOf(field)] === 'after' && (
        <TextField
          label={t('retention.daysOf', { type: label })}
          isLabelHidden
          inputMode="numeric"
          dir="ltr"
          {...inputOf(field)}
        />
      )}
    </div>
  )
}

interface Props {
  policy: Policy
  types: readonly string[]
  onPreview: (policy: Policy) => void
}

/** The policy, which can be previewed before it is set. */
export function PolicyForm({ policy, types, onPreview }: Props) {
  const { t } = useTexts()
  const form = useRef<HTMLFormElement>(null)
  const [draft, setDraft] = useState(() => toDraft(policy, types))
  const save = useAction((body: Policy) => dataOf(registry.PUT('/v1/retention', { body })), 'runs')
  const { body, faults } = check(draft, types)
  const { inputOf, attempt, error } = useFields({
    draft,
    onChange: setDraft,
    faults: faults ?? {},
    error: save.error,
  })
  const attemptWith = (act: (policy: Policy) => void) => attempt(form.current, () => body && act(body))
  const preview = (event: FormEvent) => {
    event.preventDefault()
    attemptWith(onPreview)
  }
  return (
    <section className="card stack">
      <h2>{t('retention.policy')}</h2>
      <p className="quiet">{t('retention.meaning')}</p>
      <form className="stack" ref={form} id="policy" noValidate onSubmit={preview}>
        <DaysRow label={t('retention.general')} field={GENERAL} draft={draft} inputOf={inputOf} />
        {types.map(type => (
          <DaysRow key={type} label={type} field={fieldOf(type)} draft={draft} inputOf={inputOf} />
        ))}
      </form>
      <ActionFault error={error} />
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
          onConfirm={() => attemptWith(policy => save.mutate(policy))}
        >
          {t('retention.saving')}
        </Confirmed>
      </div>
    </section>
  )
}

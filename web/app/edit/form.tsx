import './edit.css'
import { type FormEvent, useState } from 'react'
import { fieldLabel } from '../customer/field-label.ts'
import { ActionFault } from '../provider/action.tsx'
import { RequestFailed } from '../request.ts'
import { useTexts } from '../translator.ts'
import { type Faults, toFaults } from './body.ts'
import type { Definitions } from './definitions.ts'
import type { Draft } from './draft.ts'
import { LikelyDuplicates } from './duplicates.tsx'
import { ChoiceField, CustomField, TextField } from './inputs.tsx'

interface Props {
  definitions: Definitions
  draft: Draft
  onChange: (draft: Draft) => void
  /** What the API's schema refuses of the draft. */
  faults: Faults
  /** Why the last save was refused. */
  error: Error | null
  isSaving: boolean
  onSave: () => void
  onCancel: () => void
  /** The customer in the form, if they are listed. */
  id?: string
}

const TEXTS = ['surname', 'given_name', 'dob', 'document_number'] as const

/** The latest time that a change can be valid from, as an input of a local time has it. */
const now = (): string => new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 16)

/** The faults that the API found, until the field is changed again. */
function useRefusal(error: Error | null, draft: Draft): Faults {
  const [refused, setRefused] = useState<{ error: Error | null; draft: Draft }>({ error: null, draft })
  if (refused.error !== error) setRefused({ error, draft })
  const faults = error instanceof RequestFailed ? toFaults(error.errors) : {}
  return Object.fromEntries(Object.entries(faults).filter(([field]) => refused.draft[field] === draft[field]))
}

/** The form of a customer. A field is checked when it is left, and all of them before the form is sent. */
export function CustomerForm({ definitions, draft, onChange, faults, error, isSaving, onSave, onCancel, id }: Props) {
  const { t } = useTexts()
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const refusal = useRefusal(error, draft)

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isSaving) return
    setLeft(new Set(Object.keys(faults)))
    const form = event.currentTarget
    if (Object.keys(faults).length === 0) onSave()
    else requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
  }
  const inputOf = (field: string) => ({
    value: draft[field] ?? '',
    fault: (left.has(field) ? faults[field] : undefined) ?? refusal[field],
    onChange: (value: string) => onChange({ ...draft, [field]: value }),
    onBlur: () => setLeft(new Set([...left, field])),
  })
  const isShownAtFields =
    error instanceof RequestFailed && error.errors.length > 0 && !Object.hasOwn(toFaults(error.errors), '')

  return (
    <div className="form-and-duplicates">
      <form className="card stack" noValidate onSubmit={submit}>
        <div className="edit-fields">
          {TEXTS.map(field => (
            <TextField
              key={field}
              label={fieldLabel(t, field)}
              hint={field === 'dob' ? t('edit.dobHint') : undefined}
              {...inputOf(field)}
            />
          ))}
          <ChoiceField
            label={fieldLabel(t, 'type')}
            options={definitions.types.map(({ name, label }) => [name, label] as const)}
            {...inputOf('type')}
          />
          {definitions.fields.map(field => (
            <CustomField key={field.name} field={field} label={field.label} {...inputOf(`details.${field.name}`)} />
          ))}
        </div>
        <div className="edit-fields edit-why">
          <TextField
            label={t('edit.validFrom')}
            hint={t('edit.validFromHint')}
            type="datetime-local"
            max={now()}
            dir="ltr"
            {...inputOf('valid_from')}
          />
          <TextField label={t('edit.note')} hint={t('edit.noteHint')} {...inputOf('note')} />
        </div>
        {!isShownAtFields && <ActionFault error={error} />}
        <SaveRow isSaving={isSaving} cancelLabel={t('edit.discard')} onCancel={onCancel} label={t('edit.save')} />
      </form>
      <LikelyDuplicates draft={draft} {...(id === undefined ? {} : { id })} />
    </div>
  )
}

interface SaveRowProps {
  label: string
  isSaving: boolean
  cancelLabel: string
  onCancel: () => void
}

/** The buttons at the end of a form. */
export function SaveRow({ label, isSaving, cancelLabel, onCancel }: SaveRowProps) {
  return (
    <div className="row">
      <button className="button primary" type="submit" aria-keyshortcuts="Control+Enter" disabled={isSaving}>
        {label}
      </button>
      <button className="button" type="button" onClick={onCancel}>
        {cancelLabel}
      </button>
      <span className="quiet">
        <kbd>Ctrl</kbd> <kbd>Enter</kbd>
      </span>
    </div>
  )
}

import './edit.css'
import type { FormEvent } from 'react'
import { fieldLabel } from '../customer/field-label.ts'
import { ActionFault } from '../provider/action.tsx'
import { useTexts } from '../translator.ts'
import type { Faults } from './checked.ts'
import type { Definitions } from './definitions.ts'
import type { Draft } from './draft.ts'
import { LikelyDuplicates } from './duplicates.tsx'
import { ChoiceField, CustomField, TextField } from './inputs.tsx'
import { SaveRow } from './save-row.tsx'
import { useFields } from './use-form.ts'

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

/** The form of a customer. */
export function CustomerForm({ definitions, draft, onChange, faults, error, isSaving, onSave, onCancel, id }: Props) {
  const { t } = useTexts()
  const { inputOf, attempt, error: shown } = useFields({ draft, onChange, faults, error })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (!isSaving) attempt(event.currentTarget, onSave)
  }
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
        <ActionFault error={shown} />
        <SaveRow isSaving={isSaving} cancelLabel={t('edit.discard')} onCancel={onCancel} label={t('edit.save')} />
      </form>
      <LikelyDuplicates draft={draft} {...(id === undefined ? {} : { id })} />
    </div>
  )
}

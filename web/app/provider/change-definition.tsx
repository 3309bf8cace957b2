import type { ReactNode } from 'react'
import type * as z from 'zod'
import type { components } from '../../../client/paths.ts'
import type { patchFieldBody } from '../../../contract/schemas/field.ts'
import { patchTypeBody } from '../../../contract/schemas/type.ts'
import { type CheckedBody, checkBody } from '../edit/checked.ts'
import type { Draft } from '../edit/draft.ts'
import { TextField } from '../edit/inputs.tsx'
import { SaveRow } from '../edit/save-row.tsx'
import { useForm } from '../edit/use-form.ts'
import { dataOf } from '../request.ts'
import { registry } from '../session.ts'
import { useTexts } from '../translator.ts'
import { ActionFault, useAction } from './action.tsx'
import { checkChange, toFieldDraft } from './field-body.ts'
import { FieldInputs } from './field-inputs.tsx'

interface FormProps {
  label: string
  form: Pick<ReturnType<typeof useForm>, 'inputOf' | 'error' | 'onSubmit'>
  isSaving: boolean
  onDone: () => void
  /** The inputs after the label. */
  children?: ReactNode
}

function ChangeForm({ label, form: { inputOf, onSubmit, error }, isSaving, onDone, children }: FormProps) {
  const { t } = useTexts()
  return (
    <form className="stack" noValidate aria-label={t('fields.changeNamed', { label })} onSubmit={onSubmit}>
      <TextField label={t('fields.label')} autoFocus {...inputOf('label')} />
      {children}
      <ActionFault error={error} />
      <SaveRow label={t('edit.save')} isSaving={isSaving} cancelLabel={t('confirm.cancel')} onCancel={onDone} />
    </form>
  )
}

/** Changes the definition of a custom field. Only what is changed is sent. */
export function ChangeField({ field, onDone }: { field: components['schemas']['Field']; onDone: () => void }) {
  const { name, label, state } = field
  const change = useAction(
    (body: CheckedBody<z.output<typeof patchFieldBody>>) =>
      dataOf(registry.PATCH('/v1/fields/{name}', { params: { path: { name } }, body })),
    'fields',
  )
  const initial = toFieldDraft(field)
  const form = useForm({
    initial,
    check: draft => checkChange(draft, initial),
    action: change,
    onSuccess: onDone,
  })
  return (
    <ChangeForm label={label} form={form} isSaving={change.isPending} onDone={onDone}>
      <FieldInputs
        draft={form.draft}
        inputOf={form.inputOf}
        isTypeFixed={state === 'authorised' || state === 'removed'}
      />
    </ChangeForm>
  )
}

const checkType = ({ label = '' }: Draft) => checkBody(patchTypeBody, { label: label.trim() })

/** Changes the label of a type of customers. */
export function ChangeType({ type, onDone }: { type: components['schemas']['CustomerType']; onDone: () => void }) {
  const { name, label } = type
  const change = useAction(
    (body: CheckedBody<z.output<typeof patchTypeBody>>) =>
      dataOf(registry.PATCH('/v1/types/{name}', { params: { path: { name } }, body })),
    'types',
  )
  const form = useForm({ initial: { label }, check: checkType, action: change, onSuccess: onDone })
  return <ChangeForm label={label} form={form} isSaving={change.isPending} onDone={onDone} />
}

import './edit.css'
import { type FormEvent, useState } from 'react'
import { fieldLabel } from '../customer/field-label.ts'
import { useTexts } from '../translator.ts'
import type { Definitions } from './definitions.ts'
import { type Draft, differingFields } from './draft.ts'
import { SaveRow } from './save-row.tsx'

type Side = 'theirs' | 'yours'
const SIDES = ['theirs', 'yours'] as const
/** What is about the change, and not a field of the customer. */
const ABOUT = ['note', 'valid_from']

interface Props {
  was: Draft
  theirs: Draft
  yours: Draft
  definitions: Definitions
  isSaving: boolean
  onSave: (chosen: Draft) => void
  onBack: () => void
}

/** Three columns for a save that met a newer version: what was, theirs and yours. Each field is chosen; yours come first. */
export function ChooseVersions({ was, theirs, yours, definitions, isSaving, onSave, onBack }: Props) {
  const { t } = useTexts()
  const changed = differingFields(was, yours)
  const fields = [...new Set([...differingFields(was, theirs), ...changed])].filter(field => !ABOUT.includes(field))
  const [choices, setChoices] = useState<Readonly<Record<string, Side>>>(() =>
    Object.fromEntries(fields.map(field => [field, changed.includes(field) ? 'yours' : 'theirs'])),
  )
  const drafts = { theirs, yours }
  const labelOf = (field: string) =>
    definitions.fields.find(({ name }) => field === `details.${name}`)?.label ?? fieldLabel(t, field)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const chosen = fields.map(field => [field, drafts[choices[field] ?? 'yours'][field] ?? ''])
    onSave({ ...theirs, note: yours.note ?? '', valid_from: yours.valid_from ?? '', ...Object.fromEntries(chosen) })
  }
  return (
    <form className="card stack" onSubmit={submit}>
      <p className="notice warn" role="alert">
        {t('edit.newer')}
      </p>
      <table className="versions">
        <thead>
          <tr>
            <th scope="col">{t('edit.field')}</th>
            <th scope="col">{t('edit.was')}</th>
            <th scope="col">{t('edit.theirs')}</th>
            <th scope="col">{t('edit.yours')}</th>
          </tr>
        </thead>
        <tbody>
          {fields.map(field => (
            <tr key={field}>
              <th scope="row">{labelOf(field)}</th>
              <td data-label={t('edit.was')}>
                <bdi>{was[field] || '—'}</bdi>
              </td>
              {SIDES.map(side => (
                <td key={side} data-label={t(`edit.${side}`)}>
                  <label className="choice">
                    <input
                      type="radio"
                      name={field}
                      checked={choices[field] === side}
                      onChange={() => setChoices({ ...choices, [field]: side })}
                    />
                    <span className="visually-hidden">{`${labelOf(field)}, ${t(`edit.${side}`)}: `}</span>
                    <bdi>{drafts[side][field] || '—'}</bdi>
                  </label>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <SaveRow label={t('edit.saveChosen')} isSaving={isSaving} cancelLabel={t('edit.back')} onCancel={onBack} />
    </form>
  )
}

import type { FormEvent, ReactNode } from 'react'
import { useTexts } from '../translator.ts'
import { ActionFault, type useAction } from './action.tsx'

/** What every request for a field or a type states. */
export interface RequestedName {
  name: string
  label: string
}

interface Props<Body> {
  title: string
  nameLabel: string
  request: ReturnType<typeof useAction<Body, { label: string }>>
  /** The body of the request with what else the form states. */
  toBody: (stated: RequestedName, form: FormData) => Body
  /** Further inputs beside the label and the name, and below them. */
  beside?: ReactNode
  below?: ReactNode
}

/** The form that requests a field or a type. */
export function RequestForm<Body>({ title, nameLabel, request, toBody, beside, below }: Props<Body>) {
  const { t } = useTexts()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const element = event.currentTarget
    const form = new FormData(element)
    const stated = { name: String(form.get('name')).trim(), label: String(form.get('label')).trim() }
    request.mutate(toBody(stated, form), { onSuccess: () => element.reset() })
  }
  return (
    <form className="card stack" onSubmit={submit}>
      <h2>{title}</h2>
      <div className="form">
        <label className="field">
          <span className="label">{t('fields.label')}</span>
          <input className="input" name="label" dir="auto" maxLength={100} required />
        </label>
        <label className="field">
          <span className="label">{nameLabel}</span>
          <input className="input mono" name="name" dir="ltr" maxLength={40} autoComplete="off" required />
        </label>
        {beside}
      </div>
      {below}
      <ActionFault error={request.error} />
      {request.isSuccess && (
        <p className="notice good" role="status">
          {t('fields.requested', { label: request.data.label })}
        </p>
      )}
      <div>
        <button className="button primary" type="submit" disabled={request.isPending}>
          {title}
        </button>
      </div>
    </form>
  )
}

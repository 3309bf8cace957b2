import type { FormEvent } from 'react'
import { dataOf } from '../request.ts'
import { registry } from '../session.ts'
import { useTexts } from '../translator.ts'
import { ActionFault, useAction } from './action.tsx'

/** The form that requests a type of customers. The provider decides on it. */
export function RequestType() {
  const { t } = useTexts()
  const request = useAction(
    (body: { name: string; label: string }) => dataOf(registry.POST('/v1/types', { body })),
    'types',
  )
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const element = event.currentTarget
    const form = new FormData(element)
    const body = { name: String(form.get('name')).trim(), label: String(form.get('label')).trim() }
    request.mutate(body, { onSuccess: () => element.reset() })
  }
  return (
    <form className="card stack" onSubmit={submit}>
      <h2>{t('types.request')}</h2>
      <div className="form">
        <label className="field">
          <span className="label">{t('fields.label')}</span>
          <input className="input" name="label" dir="auto" maxLength={100} required />
        </label>
        <label className="field">
          <span className="label">{t('types.name')}</span>
          <input className="input mono" name="name" dir="ltr" maxLength={40} autoComplete="off" required />
        </label>
      </div>
      <ActionFault error={request.error} />
      {request.isSuccess && (
        <p className="notice good" role="status">
          {t('fields.requested', { label: request.data.label })}
        </p>
      )}
      <div>
        <button className="button primary" type="submit" disabled={request.isPending}>
          {t('types.request')}
        </button>
      </div>
    </form>
  )
}

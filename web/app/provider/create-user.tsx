import type { FormEvent } from 'react'
import { dataOf } from '../request.ts'
import { registry } from '../session.ts'
import { useTexts } from '../translator.ts'
import { ActionFault, useAction } from './action.tsx'
import type { Issued } from './user-row.tsx'

/** The form that creates a user, who gets a one-time password. */
export function CreateUser({ onIssued }: { onIssued: (user: Issued) => void }) {
  const { t } = useTexts()
  const create = useAction(
    (body: { username: string; role: 'agent' | 'provider' }) => dataOf(registry.POST('/v1/users', { body })),
    'users',
  )
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const element = event.currentTarget
    const form = new FormData(element)
    const username = String(form.get('new-user')).trim()
    const role = form.get('role') === 'provider' ? 'provider' : 'agent'
    const onSuccess = (user: Issued) => {
      onIssued(user)
      element.reset()
    }
    create.mutate({ username, role }, { onSuccess })
  }
  return (
    <form className="card stack" onSubmit={submit}>
      <h2>{t('users.create')}</h2>
      <div className="form">
        <label className="field">
          <span className="label">{t('users.name')}</span>
          <input
            className="input"
            name="new-user"
            dir="ltr"
            maxLength={64}
            autoComplete="off"
            autoCapitalize="none"
            required
          />
        </label>
        <label className="field">
          <span className="label">{t('users.role')}</span>
          <select className="input" name="role">
            <option value="agent">{t('role.agent')}</option>
            <option value="provider">{t('role.provider')}</option>
          </select>
        </label>
      </div>
      <ActionFault error={create.error} />
      <div>
        <button className="button primary" type="submit" disabled={create.isPending}>
          {t('users.create')}
        </button>
      </div>
    </form>
  )
}

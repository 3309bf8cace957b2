import type { components } from '../../../client/paths.ts'
import { dataOf } from '../request.ts'
import { registry } from '../session.ts'
import { useTexts } from '../translator.ts'
import { ActionFault, useAction } from './action.tsx'
import { Confirmed } from './confirmed.tsx'

export type Issued = components['schemas']['UserWithPassword']

interface Props {
  user: components['schemas']['User']
  onIssued: (user: Issued) => void
}

/** A user: the role, and what the provider may do with it. */
export function UserRow({ user: { id, username, role, disabled, one_time_password }, onIssued }: Props) {
  const { t } = useTexts()
  const params = { params: { path: { id } } }
  const change = useAction(
    (body: { role?: 'agent' | 'provider'; disabled?: boolean }) =>
      dataOf(registry.PATCH('/v1/users/{id}', { ...params, body })),
    'users',
  )
  const reset = useAction(() => dataOf(registry.POST('/v1/users/{id}/reset-password', params)), 'users')
  const remove = useAction(() => dataOf(registry.DELETE('/v1/users/{id}', params)), 'users')
  return (
    <li className="row spread">
      <span className="row wrap">
        <strong>
          <bdi>{username}</bdi>
        </strong>
        {disabled && <span className="grade">{t('users.disabled')}</span>}
        {one_time_password && <span className="quiet">{t('users.oneTime')}</span>}
      </span>
      <span className="row">
        <select
          className="input choice"
          aria-label={t('users.roleOf', { username })}
          value={role ?? ''}
          disabled={change.isPending}
          onChange={({ target: { value } }) => change.mutate({ role: value === 'provider' ? 'provider' : 'agent' })}
        >
          {role === null && <option value="">{t('role.none')}</option>}
          <option value="agent">{t('role.agent')}</option>
          <option value="provider">{t('role.provider')}</option>
        </select>
        <button
          className="button"
          type="button"
          aria-label={t(disabled ? 'users.enableNamed' : 'users.disableNamed', { username })}
          disabled={change.isPending}
          onClick={() => change.mutate({ disabled: !disabled })}
        >
          {t(disabled ? 'users.enable' : 'users.disable')}
        </button>
        <Confirmed
          label={t('users.reset')}
          named={t('users.resetNamed', { username })}
          onConfirm={() => reset.mutate(undefined, { onSuccess: onIssued })}
        >
          {t('users.resetting')}
        </Confirmed>
        <Confirmed
          label={t('users.remove')}
          named={t('users.removeNamed', { username })}
          onConfirm={() => remove.mutate(undefined)}
        >
          {t('users.removal')}
        </Confirmed>
      </span>
      <ActionFault error={change.error ?? reset.error ?? remove.error} />
    </li>
  )
}

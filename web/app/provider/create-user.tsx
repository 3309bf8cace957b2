import type * as z from 'zod'
import { createUserBody } from '../../../contract/schemas/user.ts'
import { type CheckedBody, checkBody } from '../edit/checked.ts'
import type { Draft } from '../edit/draft.ts'
import { ChoiceField, TextField } from '../edit/inputs.tsx'
import { useForm } from '../edit/use-form.ts'
import { dataOf } from '../request.ts'
import { registry } from '../session.ts'
import { useTexts } from '../translator.ts'
import { ActionFault, useAction } from './action.tsx'
import type { Issued } from './user-row.tsx'

const ROLES = ['agent', 'provider'] as const
const EMPTY: Draft = { username: '', role: 'agent' }

const check = ({ username = '', role }: Draft) => checkBody(createUserBody, { username: username.trim(), role })

/** The form that creates a user, who gets a one-time password. */
export function CreateUser({ onIssued }: { onIssued: (user: Issued) => void }) {
  const { t } = useTexts()
  const create = useAction(
    (body: CheckedBody<z.output<typeof createUserBody>>) => dataOf(registry.POST('/v1/users', { body })),
    'users',
  )
  const { inputOf, onSubmit, error } = useForm({ initial: EMPTY, check, action: create, onSuccess: onIssued })
  return (
    <form className="card stack" noValidate onSubmit={onSubmit}>
      <h2>{t('users.create')}</h2>
      <div className="form">
        <TextField label={t('users.name')} dir="ltr" autoCapitalize="none" {...inputOf('username')} />
        <ChoiceField
          label={t('users.role')}
          options={ROLES.map(it => [it, t(`role.${it}`)] as const)}
          {...inputOf('role')}
        />
      </div>
      <ActionFault error={error} />
      <div>
        <button className="button primary" type="submit" disabled={create.isPending}>
          {t('users.create')}
        </button>
      </div>
    </form>
  )
}

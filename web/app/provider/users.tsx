import './provider.css'
import { useState } from 'react'
import { usePages } from '../pages.tsx'
import { dataOf } from '../request.ts'
import { registry } from '../session.ts'
import { useTexts } from '../translator.ts'
import { CreateUser } from './create-user.tsx'
import { ListCard } from './list-card.tsx'
import { type Issued, UserRow } from './user-row.tsx'

/** Focuses an element when it appears; as a constant, so that it is not focused again. */
const focus = (element: HTMLElement | null): void => element?.focus()

interface IssuedProps {
  user: Issued
  onHide: () => void
}

/** A one-time password. It is shown only here, and kept nowhere. */
function IssuedPassword({ user: { username, password }, onHide }: IssuedProps) {
  const { t } = useTexts()
  return (
    <section className="notice good stack" aria-label={t('users.passwordOf', { username })} tabIndex={-1} ref={focus}>
      <p className="wrap">{t('users.password', { username })}</p>
      <p className="row spread">
        <code className="mono wrap" dir="ltr">
          {password}
        </code>
        <button className="button" type="button" onClick={onHide}>
          {t('users.hide')}
        </button>
      </p>
    </section>
  )
}

/** The users, and what the provider may do with them. */
export function Users() {
  const { t } = useTexts()
  const [issued, setIssued] = useState<Issued | null>(null)
  const users = usePages(['users'], (page, signal) =>
    dataOf(registry.GET('/v1/users', { params: { query: page }, signal })),
  )
  return (
    <div className="stack">
      <h1>{t('users.title')}</h1>
      {issued && <IssuedPassword key={issued.password} user={issued} onHide={() => setIssued(null)} />}
      <ListCard title={t('users.list')} list={users} empty={t('users.none')}>
        {user => <UserRow key={user.id} user={user} onIssued={setIssued} />}
      </ListCard>
      <CreateUser onIssued={setIssued} />
    </div>
  )
}

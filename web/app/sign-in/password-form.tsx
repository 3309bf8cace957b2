import { type FormEvent, useState } from 'react'
import type { SignInFault } from '../session.ts'
import { useTexts } from '../translator.ts'
import { signIn } from './password.ts'

const MIN_PASSWORD_LENGTH = 12

/** The form that signs in, and replaces a one-time password. After the end of a session, only the same user can go on. */
export function PasswordForm({ username }: { username?: string }) {
  const { t } = useTexts()
  const [fault, setFault] = useState<SignInFault | null>(null)
  const [mustReplace, setMustReplace] = useState(false)
  const [isWorking, setWorking] = useState(false)

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    setWorking(true)
    const replacement = mustReplace ? String(form.get('new-password')) : undefined
    const refusal = await signIn(String(form.get('username')), String(form.get('password')), replacement)
    setMustReplace(refusal === 'signIn.oneTime' || (mustReplace && refusal !== 'signIn.refused'))
    setFault(refusal)
    setWorking(false)
  }

  return (
    <form className="stack" onSubmit={submit}>
      <h1>{t('signIn.title')}</h1>
      {username !== undefined && <p className="notice warn">{t('signIn.again')}</p>}
      <div className="field">
        <label htmlFor="username">{t('signIn.user')}</label>
        <input
          className="input"
          id="username"
          name="username"
          autoComplete="username"
          defaultValue={username}
          readOnly={username !== undefined}
          required
        />
      </div>
      <div className="field">
        <label htmlFor="password">{t('signIn.password')}</label>
        <input
          className="input"
          id="password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
        />
      </div>
      {mustReplace && (
        <div className="field">
          <label htmlFor="new-password">{t('signIn.newPassword')}</label>
          <input
            className="input"
            id="new-password"
            name="new-password"
            type="password"
            autoComplete="new-password"
            minLength={MIN_PASSWORD_LENGTH}
            // biome-ignore lint/a11y/noAutofocus: it is what the form asks for next
            autoFocus
            required
          />
        </div>
      )}
      {fault && (
        <p className={`notice ${fault === 'signIn.oneTime' ? 'warn' : 'bad'}`} role="alert">
          {t(fault)}
        </p>
      )}
      <button className="button primary" type="submit" disabled={isWorking}>
        {t('signIn.submit')}
      </button>
    </form>
  )
}

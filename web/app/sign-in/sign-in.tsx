import { type FormEvent, useState } from 'react'
import { type SignInFault, signIn } from '../session.ts'
import { useTexts } from '../translator.ts'

/** The form that signs in. After the end of a session, only the same user can go on. */
export function SignIn({ username }: { username?: string }) {
  const { t } = useTexts()
  const [fault, setFault] = useState<SignInFault | null>(null)
  const [isWorking, setWorking] = useState(false)

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    setWorking(true)
    setFault(await signIn(String(form.get('username')), String(form.get('password'))))
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
      {fault && (
        <p className="notice bad" role="alert">
          {t(fault)}
        </p>
      )}
      <button className="button primary" type="submit" disabled={isWorking}>
        {t('signIn.submit')}
      </button>
    </form>
  )
}

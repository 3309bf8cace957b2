import { Link, Outlet, useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { isLanguage, LANGUAGES } from '../shared/i18n.ts'
import { Account } from './account.tsx'
import { IdleWarning } from './idle-warning.tsx'
import { KeysDialog } from './keys-dialog.tsx'
import { Loading } from './loading.tsx'
import { Modal } from './modal.tsx'
import { Navigation } from './navigation.tsx'
import { Permitted } from './permitted.tsx'
import { ReachBanner } from './reach-banner.tsx'
import { saveByKey } from './save-by-key.ts'
import { useSession } from './session.ts'
import { SignIn } from './sign-in/sign-in.tsx'
import { translator, useTexts } from './translator.ts'

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input, textarea, select')

/** Asks for the password again when a session has ended, above the page as it is. */
function EndedSession({ username }: { username: string }) {
  return (
    <Modal className="ended" labelledBy="ended-title">
      <span id="ended-title" className="visually-hidden">
        {translator.t('signIn.title')}
      </span>
      <SignIn username={username} />
    </Modal>
  )
}

/** What surrounds every view: the bar, the keys, and the sign-in. */
export function Shell() {
  const { t, language } = useTexts()
  const session = useSession()
  const navigate = useNavigate()
  const keys = useRef<HTMLDialogElement>(null)
  const isOut = session.step === 'out'

  useEffect(() => {
    document.title = t('site.name')
    const onKey = (event: KeyboardEvent) => {
      if (isOut || isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return
      if (event.key === '?') keys.current?.showModal()
      if (event.key !== '/') return
      event.preventDefault()
      navigate({ to: '/' }).then(() => document.getElementById('search')?.focus())
    }
    document.addEventListener('keydown', onKey)
    document.addEventListener('keydown', saveByKey)
    return () => {
      document.removeEventListener('keydown', onKey)
      document.removeEventListener('keydown', saveByKey)
    }
  }, [t, isOut, navigate])

  return (
    <div className="shell">
      <header className="bar">
        {isOut ? (
          <span className="brand">{t('site.name')}</span>
        ) : (
          <Link to="/" className="brand">
            {t('site.name')}
          </Link>
        )}
        <span className="grow" />
        <select
          className="language"
          aria-label={t('site.language')}
          value={language}
          onChange={({ target: { value } }) => isLanguage(value) && translator.choose(value)}
        >
          {Object.entries(LANGUAGES).map(([code, name]) => (
            <option key={code} value={code} lang={code}>
              {name}
            </option>
          ))}
        </select>
        {isOut ? (
          <a href="/">{t('site.public')}</a>
        ) : (
          <>
            <button className="button plain" type="button" onClick={() => keys.current?.showModal()}>
              {t('site.keys')}
            </button>
            <Account username={session.username} />
          </>
        )}
      </header>
      {!isOut && <Navigation />}
      {session.step === 'in' && <Loading />}
      <ReachBanner />
      <main>
        {isOut ? (
          <div className="card narrow">
            <SignIn />
          </div>
        ) : (
          <Permitted>
            <Outlet />
          </Permitted>
        )}
      </main>
      <KeysDialog ref={keys} />
      {session.step === 'in' && <IdleWarning />}
      {session.step === 'ended' && <EndedSession username={session.username} />}
    </div>
  )
}

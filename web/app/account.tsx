import { EndSessions } from './end-sessions.tsx'
import { OwnLocation } from './navigation.tsx'
import { signOut } from './session.ts'
import { useTexts } from './translator.ts'

/** Who is signed in, and where: a button that opens a menu with the ways to sign out. */
export function Account({ username }: { username: string }) {
  const { t } = useTexts()
  return (
    <>
      <button className="button plain" type="button" popoverTarget="account">
        <bdi>{username}</bdi>
        <OwnLocation />
        <span className="quiet" aria-hidden="true">
          ▾
        </span>
      </button>
      <div id="account" popover="auto" className="menu">
        <button className="button" type="button" onClick={signOut}>
          {t('site.signOut')}
        </button>
        <EndSessions />
      </div>
    </>
  )
}

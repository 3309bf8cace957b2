import { useState } from 'react'
import type { SignInConfiguration } from '../../../contract/page-configuration.ts'
import { type SignInFault, useSession } from '../session.ts'
import { useTexts } from '../translator.ts'
import { leaveToSignIn, signInAgain } from './openid-sign-in.ts'

/** Leads to the sign-in at the issuer; after the end of a session, in a window of its own. */
export function OpenidForm({ configuration, isAgain }: { configuration: SignInConfiguration; isAgain: boolean }) {
  const { t } = useTexts()
  const session = useSession()
  const [again, setAgain] = useState<SignInFault | null>(null)
  const fault = again ?? (session.step === 'out' ? session.fault : null)

  const go = async () => {
    setAgain(null)
    if (isAgain) setAgain(await signInAgain(configuration))
    else await leaveToSignIn(configuration)
  }

  return (
    <div className="stack">
      <h1>{t('signIn.title')}</h1>
      {isAgain && <p className="notice warn">{t('signIn.again')}</p>}
      <p className="quiet">{t(isAgain ? 'signIn.window' : 'signIn.elsewhere')}</p>
      {fault && (
        <p className="notice bad" role="alert">
          {t(fault)}
        </p>
      )}
      <button className="button primary" type="button" onClick={go}>
        {t('signIn.submit')}
      </button>
    </div>
  )
}

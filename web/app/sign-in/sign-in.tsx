import { lazy, Suspense } from 'react'
import { configuration } from '../configuration.ts'
import { FailureNotice } from '../failure.tsx'
import { RequestFailed } from '../request.ts'
import { PasswordForm } from './password-form.tsx'

/** Loaded only where users sign in at an issuer. */
const OpenidForm = lazy(() => import('./openid-form.tsx').then(it => ({ default: it.OpenidForm })))

/** The sign-in as the deployment has it. `username`: who goes on after the end of a session. */
export function SignIn({ username }: { username?: string }) {
  if (configuration === null)
    return <FailureNotice error={new RequestFailed(0)} onRetry={() => window.location.reload()} />
  if (configuration.sign_in === null) return <PasswordForm {...(username === undefined ? {} : { username })} />
  return (
    <Suspense>
      <OpenidForm configuration={configuration.sign_in} isAgain={username !== undefined} />
    </Suspense>
  )
}

import type { SignInConfiguration } from '../../../contract/page-configuration.ts'
import { beginSession, reportFault, type SignInFault } from '../session.ts'
import { OpenidIssuer } from './openid.ts'

/** A sign-in that is under way while the user is at the issuer, without any token. */
const STORED = 'sign-in'
/** Where a window that was opened for a sign-in tells the others what the issuer returned. */
const CHANNEL = 'sign-in'
const WINDOW = 'popup,width=480,height=720'

/** The issuer's id of the user whose page this is. */
let owner: string | null = null
let waiting = new AbortController()

/** Leaves the page to sign in. The issuer returns to it. */
export async function leaveToSignIn(configuration: SignInConfiguration): Promise<void> {
  const { attempt, url } = await new OpenidIssuer(configuration).begin()
  const returnTo = location.pathname + location.search
  sessionStorage.setItem(STORED, JSON.stringify({ attempt, returnTo }))
  location.assign(url)
}

/** Resolves to what the issuer returned to another window for a sign-in. */
function waitForReturn(state: string, signal: AbortSignal): Promise<URLSearchParams> {
  const { promise, resolve } = Promise.withResolvers<URLSearchParams>()
  const channel = new BroadcastChannel(CHANNEL)
  signal.addEventListener('abort', () => channel.close())
  channel.addEventListener('message', ({ data }) => {
    const returned = new URLSearchParams(String(data))
    if (returned.get('state') !== state) return
    channel.close()
    resolve(returned)
  })
  return promise
}

/**
 * Signs the same user in again in a window of its own, so that the page stays as it is. Returns why that fails, or null. A further call takes
 * the place of one that nobody has answered.
 */
export async function signInAgain(configuration: SignInConfiguration): Promise<SignInFault | null> {
  // Browsers allow it only at once after a click.
  const opened = window.open('', '_blank', WINDOW)
  if (opened === null) return 'signIn.popup'
  waiting.abort()
  waiting = new AbortController()
  const issuer = new OpenidIssuer(configuration)
  const { attempt, url } = await issuer.begin()
  const returned = waitForReturn(attempt.state, waiting.signal)
  opened.location.replace(url)
  const completed = await issuer.complete(attempt, await returned).catch(() => null)
  if (completed === null) return 'signIn.failed'
  if (completed.subject !== owner) {
    await completed.session.issuer?.revoke()
    return 'signIn.otherUser'
  }
  beginSession(completed.session)
  return null
}

/** Completes the sign-in that this window has returned from. Returns false if another window waits for it. */
export async function completeSignIn(configuration: SignInConfiguration): Promise<boolean> {
  const returned = new URLSearchParams(location.search)
  const stored = sessionStorage.getItem(STORED)
  sessionStorage.removeItem(STORED)
  if (stored === null) {
    new BroadcastChannel(CHANNEL).postMessage(location.search)
    window.close()
    return false
  }
  const { attempt, returnTo } = JSON.parse(stored)
  // The code is of no use a second time, and must not stay in the history.
  history.replaceState(null, '', String(returnTo))
  try {
    const { session, subject } = await new OpenidIssuer(configuration).complete(attempt, returned)
    owner = subject
    beginSession(session)
  } catch {
    reportFault('signIn.failed')
  }
  return true
}

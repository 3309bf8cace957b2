import { useSyncExternalStore } from 'react'
import { registryAt } from '../../client/registry.ts'
import { Store } from '../shared/store.ts'
import { configuration } from './configuration.ts'
import { checkReach } from './reach.ts'

/** With less time left, a token is renewed, or its session ends, so that no request is refused on its way. */
const MARGIN_MS = 10_000
const UNAUTHENTICATED = 401
/** From this status on, it may be that only something before the registry answers. */
const BAD_GATEWAY = 502

/** A session, in memory only. */
export interface Session {
  username: string
  token: string
  /** When the token ends, in milliseconds since 1970. */
  endsAt: number
  /** Where the session was begun, if its issuer can do more than issue a token. */
  issuer?: {
    /** The session with a new token; null if the issuer refuses one. @throws Error if the issuer cannot be reached */
    renew(): Promise<Session | null>
    /** Makes the session's tokens invalid. */
    revoke(): Promise<void>
    /** Leaves the page to end the issuer's own session. */
    signOut(): void
  }
}

export type SignInFault =
  | 'signIn.refused'
  | 'signIn.tooMany'
  | 'signIn.oneTime'
  | 'signIn.unfit'
  | 'signIn.failed'
  | 'signIn.otherUser'
  | 'signIn.popup'
  | 'fault.offline'
  | 'fault.unavailable'

/** `ended`: the page stays as it is until the same user signs in again. */
export type SessionState = { step: 'out'; fault?: SignInFault } | { step: 'in' | 'ended'; username: string }

const state = new Store<SessionState>({ step: 'out' })
let session: Session | null = null
let renewal: Promise<void> | null = null
let timer: ReturnType<typeof setTimeout> | undefined

export const useSession = (): SessionState => useSyncExternalStore(state.subscribe, state.get)

export function beginSession(begun: Session): void {
  clearTimeout(timer)
  session = begun
  if (!begun.issuer) timer = setTimeout(endSession, begun.endsAt - Date.now() - MARGIN_MS)
  state.set({ step: 'in', username: begun.username })
}

/** Ends the session, but keeps the page. */
export function endSession(): void {
  if (session === null) return
  clearTimeout(timer)
  const { username, issuer } = session
  session = null
  state.set({ step: 'ended', username })
  issuer?.revoke()
}

/** Where a page tells the others of this browser who has signed out. */
const signOuts = new BroadcastChannel('sign-out')
signOuts.addEventListener('message', ({ data }) => {
  if (session?.username === data) endSession()
})

/** Ends the session here and at its issuer, and the user's sessions in other pages of this browser. */
export async function signOut(): Promise<void> {
  clearTimeout(timer)
  signOuts.postMessage(session?.username)
  const issuer = session?.issuer
  session = null
  state.set({ step: 'out' })
  await issuer?.revoke()
  issuer?.signOut()
}

export const reportFault = (fault: SignInFault): void => state.set({ step: 'out', fault })

/** Renews the token of a session. @throws Error if the issuer cannot be reached and the token has ended */
async function renew(current: Session): Promise<void> {
  try {
    const renewed = await current.issuer?.renew()
    // Somebody may have signed out in the meantime.
    if (session !== current) return
    if (renewed) session = renewed
    else endSession()
  } catch (error) {
    if (current.endsAt <= Date.now()) throw error
  }
}

/** The session's token, renewed if it is about to end; empty without a session. */
async function getToken(): Promise<string> {
  if (session?.issuer && session.endsAt - MARGIN_MS < Date.now()) {
    renewal ??= renew(session).finally(() => {
      renewal = null
    })
    await renewal
  }
  return session?.token ?? ''
}

/** The API with the session's token. A refused token ends the session. */
export const registry = registryAt({ url: configuration?.api ?? '', token: getToken })
registry.use({
  onResponse: ({ response: { status } }) => {
    if (status === UNAUTHENTICATED) endSession()
    if (status >= BAD_GATEWAY) checkReach()
  },
  onError: ({ error }) => {
    // A search is given up by the next key.
    if (!(error instanceof DOMException && error.name === 'AbortError')) checkReach()
  },
})

import { useSyncExternalStore } from 'react'
import { registryAt } from '../../client/registry.ts'
import { API_URL } from '../shared/api-url.ts'
import { Store } from '../shared/store.ts'

/** A session ends this long before its token, so that no request is refused on its way. */
const MARGIN_MS = 10_000

interface Session {
  username: string
  token: string
}

/** `ended`: the token has run out, and the page stays as it is until the same user signs in again. */
export type SessionState = { step: 'out' } | { step: 'in' | 'ended'; username: string }

export type SignInFault =
  | 'signIn.refused'
  | 'signIn.tooMany'
  | 'signIn.oneTime'
  | 'signIn.unfit'
  | 'fault.offline'
  | 'fault.unavailable'

const state = new Store<SessionState>({ step: 'out' })
let session: Session | null = null
let timer: ReturnType<typeof setTimeout> | undefined

export const useSession = (): SessionState => useSyncExternalStore(state.subscribe, state.get)

/** Ends the session, but keeps the page. */
export function endSession(): void {
  if (session === null) return
  clearTimeout(timer)
  const { username } = session
  session = null
  state.set({ step: 'ended', username })
}

export function signOut(): void {
  clearTimeout(timer)
  session = null
  state.set({ step: 'out' })
}

function faultOf(status: number, detail = '', isReplacing = false): SignInFault {
  if (status === 429) return 'signIn.tooMany'
  if (status >= 500) return 'fault.unavailable'
  if (status === 400 && isReplacing) return 'signIn.unfit'
  // The reason of a refusal is not said, but for this one: the member that the request lacks.
  return status === 401 && detail.includes('new_password') ? 'signIn.oneTime' : 'signIn.refused'
}

/** Signs in; the token is in memory only. `newPassword` replaces the password. Returns why it is refused, or null. */
export async function signIn(username: string, password: string, newPassword?: string): Promise<SignInFault | null> {
  const replacement = newPassword === undefined ? {} : { new_password: newPassword }
  const request = registryAt({ url: API_URL }).POST('/v1/auth/token', { body: { username, password, ...replacement } })
  const result = await request.catch(() => null)
  if (result === null) return 'fault.offline'
  const { data, error, response } = result
  if (data === undefined) return faultOf(response.status, error?.detail, newPassword !== undefined)
  session = { username, token: data.access_token }
  clearTimeout(timer)
  timer = setTimeout(endSession, data.expires_in * 1000 - MARGIN_MS)
  state.set({ step: 'in', username })
  return null
}

/** The API with the session's token. A refused token ends the session. */
export const registry = registryAt({ url: API_URL, token: () => session?.token ?? '' })
registry.use({
  onResponse: ({ response }) => {
    if (response.status === 401) endSession()
  },
})

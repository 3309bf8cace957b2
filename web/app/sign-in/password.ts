import { registryAt } from '../../../client/registry.ts'
import { problemType } from '../../../contract/problems.ts'
import { configuration } from '../configuration.ts'
import { beginSession, type SignInFault } from '../session.ts'

function faultOf(status: number, type: string | undefined, isReplacing: boolean): SignInFault {
  if (status === 429) return 'signIn.tooMany'
  if (status >= 500) return 'fault.unavailable'
  if (status === 400 && isReplacing) return 'signIn.unfit'
  return type === problemType('one-time-password') ? 'signIn.oneTime' : 'signIn.refused'
}

/** Signs in at the API. `newPassword` replaces the password. Returns why it is refused, or null. */
export async function signIn(username: string, password: string, newPassword?: string): Promise<SignInFault | null> {
  const replacement = newPassword === undefined ? {} : { new_password: newPassword }
  const api = registryAt({ url: configuration?.api ?? '' })
  const request = api.POST('/v1/auth/token', { body: { username, password, ...replacement } })
  const result = await request.catch(() => null)
  if (result === null) return 'fault.offline'
  const { data, error, response } = result
  if (data === undefined) return faultOf(response.status, error?.type, newPassword !== undefined)
  beginSession({ username, token: data.access_token, endsAt: Date.now() + data.expires_in * 1000 })
  return null
}

import * as z from 'zod'
import { Unauthenticated, Unavailable } from '#domain/errors.ts'
import type { Token } from './issuer.ts'

export interface CognitoSettings {
  /** Where Cognito is asked, of the pool's region. */
  endpoint: string
  clientId: string
}

const granted = z.object({ AuthenticationResult: z.object({ AccessToken: z.string(), ExpiresIn: z.number() }) })
const refused = z.object({ __type: z.string() })

/** What is wrong with a name or a password, in Cognito's words; which of the two it is nobody is told. */
const WRONG = new Set(['NotAuthorizedException', 'UserNotFoundException', 'InvalidParameterException'])
const PATIENCE_MS = 5000

/**
 * Has Cognito check names and passwords, and gives the access tokens that it issues; null for a wrong name or password.
 *
 * @throws Unauthenticated for a user who has to do more than to say a password; Unavailable
 */
export function cognitoLogin({ endpoint, clientId }: CognitoSettings) {
  return async (username: string, password: string): Promise<Token | null> => {
    const answer = await fetch(endpoint, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/x-amz-json-1.1',
        'X-Amz-Target': 'AWSCognitoIdentityProviderService.InitiateAuth',
      },
      body: JSON.stringify({
        AuthFlow: 'USER_PASSWORD_AUTH',
        ClientId: clientId,
        AuthParameters: { USERNAME: username, PASSWORD: password },
      }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    }).catch(() => null)
    const said: unknown = await answer?.json().catch(() => null)
    if (answer?.ok) {
      const read = granted.safeParse(said)
      if (!read.success)
        throw new Unauthenticated('The user has to set a password of their own, or to show a second factor, first')
      const { AccessToken: access_token, ExpiresIn: expires_in } = read.data.AuthenticationResult
      return { access_token, token_type: 'Bearer', expires_in }
    }
    const kind = refused.safeParse(said).data?.__type.split('#').at(-1) ?? ''
    if (kind === 'PasswordResetRequiredException' || kind === 'UserNotConfirmedException')
      throw new Unauthenticated('The user has to set a password of their own first')
    if (WRONG.has(kind)) return null
    throw new Unavailable('Names and passwords cannot be checked at the moment')
  }
}

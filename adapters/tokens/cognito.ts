import * as z from 'zod'
import { Unauthenticated, Unavailable } from '#domain/errors.ts'
import type { Token } from './issuer.ts'

export interface CognitoSettings {
  /** Cognito's endpoint in the pool's region. */
  endpoint: string
  clientId: string
}

const grantedResponse = z.object({ AuthenticationResult: z.object({ AccessToken: z.string(), ExpiresIn: z.number() }) })
const refusedResponse = z.object({ __type: z.string() })

/** Cognito's errors for a wrong name or password. The caller does not learn which of the two is wrong. */
const REJECTED_CREDENTIALS = new Set(['NotAuthorizedException', 'UserNotFoundException', 'InvalidParameterException'])
const TIMEOUT_MS = 5000

/**
 * Checks names and passwords with Cognito and returns its access tokens; null for a wrong name or password.
 *
 * @throws Unauthenticated for a user who must complete another challenge; Unavailable
 */
export function createCognitoLogin({ endpoint, clientId }: CognitoSettings) {
  return async (username: string, password: string): Promise<Token | null> => {
    const response = await fetch(endpoint, {
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
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch(() => null)
    const body: unknown = await response?.json().catch(() => null)
    if (response?.ok) {
      const parsed = grantedResponse.safeParse(body)
      if (!parsed.success)
        throw new Unauthenticated('The user must first set a new password or complete a second factor')
      const { AccessToken: access_token, ExpiresIn: expires_in } = parsed.data.AuthenticationResult
      return { access_token, token_type: 'Bearer', expires_in }
    }
    const errorType = refusedResponse.safeParse(body).data?.__type.split('#').at(-1) ?? ''
    if (errorType === 'PasswordResetRequiredException' || errorType === 'UserNotConfirmedException')
      throw new Unauthenticated('The user must first set a new password')
    if (REJECTED_CREDENTIALS.has(errorType)) return null
    throw new Unavailable('Credentials cannot be checked at the moment: try again')
  }
}

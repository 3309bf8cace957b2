import * as z from 'zod'
import { InvalidInput, OneTimePassword, Unauthenticated, Unavailable } from '#domain/errors.ts'
import type { Token } from './issuer.ts'

export interface CognitoSettings {
  /** Cognito's endpoint in the pool's region. */
  endpoint: string
  clientId: string
}

const grantedResponse = z.object({ AuthenticationResult: z.object({ AccessToken: z.string(), ExpiresIn: z.number() }) })
const newPasswordChallenge = z.object({ ChallengeName: z.literal('NEW_PASSWORD_REQUIRED'), Session: z.string() })
const refusedResponse = z.object({ __type: z.string() })

/** Cognito's errors for a wrong name or password. The caller does not learn which of the two is wrong. */
const REJECTED_CREDENTIALS = new Set(['NotAuthorizedException', 'UserNotFoundException', 'InvalidParameterException'])
const TIMEOUT_MS = 5000

interface CognitoResponse {
  isOk: boolean
  body: unknown
  /** The error's name; empty if there is none. */
  errorType: string
}

/** Calls an operation that needs no permission. */
async function call(endpoint: string, name: string, input: unknown): Promise<CognitoResponse> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-amz-json-1.1',
      'X-Amz-Target': `AWSCognitoIdentityProviderService.${name}`,
    },
    body: JSON.stringify(input),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch(() => null)
  const body: unknown = await response?.json().catch(() => null)
  const errorType = refusedResponse.safeParse(body).data?.__type.split('#').at(-1) ?? ''
  return { isOk: response?.ok === true, body, errorType }
}

/** @throws InvalidInput for a new password that the pool does not accept; Unavailable */
function assertPasswordSet({ isOk, errorType }: CognitoResponse): void {
  if (isOk) return
  if (errorType === 'InvalidPasswordException' || errorType === 'InvalidParameterException')
    throw new InvalidInput([
      {
        pointer: '#/new_password',
        detail: 'must have at least 12 characters, among them a small and a capital letter, a digit and a symbol',
      },
    ])
  throw new Unavailable('The password cannot be set at the moment: try again')
}

function toToken(body: unknown): Token | null {
  const { data } = grantedResponse.safeParse(body)
  if (data === undefined) return null
  const { AccessToken: access_token, ExpiresIn: expires_in } = data.AuthenticationResult
  return { access_token, token_type: 'Bearer', expires_in }
}

/**
 * Checks names and passwords with Cognito and returns its access tokens; null for a wrong name or password. With a new password, it replaces
 * the old one.
 *
 * @throws OneTimePassword; Unauthenticated for a user who must complete another challenge; InvalidInput; Unavailable
 */
export function createCognitoLogin({ endpoint, clientId }: CognitoSettings) {
  async function replaceOneTimePassword(USERNAME: string, NEW_PASSWORD: string, Session: string): Promise<Token> {
    const response = await call(endpoint, 'RespondToAuthChallenge', {
      ChallengeName: 'NEW_PASSWORD_REQUIRED',
      ClientId: clientId,
      Session,
      ChallengeResponses: { USERNAME, NEW_PASSWORD },
    })
    assertPasswordSet(response)
    const token = toToken(response.body)
    if (token === null) throw new Unauthenticated('The user must complete a second factor')
    return token
  }

  return async (username: string, password: string, newPassword?: string): Promise<Token | null> => {
    const { isOk, body, errorType } = await call(endpoint, 'InitiateAuth', {
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: clientId,
      AuthParameters: { USERNAME: username, PASSWORD: password },
    })
    if (isOk) {
      const challenge = newPasswordChallenge.safeParse(body).data
      if (challenge !== undefined && newPassword !== undefined)
        return replaceOneTimePassword(username, newPassword, challenge.Session)
      if (challenge !== undefined) throw new OneTimePassword()
      const token = toToken(body)
      if (token === null) throw new Unauthenticated('The user must complete a second factor')
      if (newPassword !== undefined)
        assertPasswordSet(
          await call(endpoint, 'ChangePassword', {
            AccessToken: token.access_token,
            PreviousPassword: password,
            ProposedPassword: newPassword,
          }),
        )
      return token
    }
    if (errorType === 'PasswordResetRequiredException' || errorType === 'UserNotConfirmedException')
      throw new Unauthenticated('The user must first set a new password')
    if (REJECTED_CREDENTIALS.has(errorType)) return null
    throw new Unavailable('Credentials cannot be checked at the moment: try again')
  }
}

import {
  type AuthorizationServer,
  allowInsecureRequests,
  authorizationCodeGrantRequest,
  calculatePKCECodeChallenge,
  generateRandomCodeVerifier,
  generateRandomNonce,
  generateRandomState,
  getValidatedIdTokenClaims,
  None,
  processAuthorizationCodeResponse,
  processRefreshTokenResponse,
  processRevocationResponse,
  ResponseBodyError,
  refreshTokenGrantRequest,
  revocationRequest,
  type TokenEndpointResponse,
  validateAuthResponse,
} from 'oauth4webapi'
import { SIGNED_IN_PATH } from '../../../contract/page.ts'
import type { SignInConfiguration } from '../../../contract/page-configuration.ts'
import type { Session } from '../session.ts'

/** How long a token lasts if its issuer does not say: as short as Cognito's shortest. */
const DEFAULT_SECONDS = 300

/** The secrets of one sign-in. None of them is a token. */
interface Attempt {
  state: string
  nonce: string
  verifier: string
}

interface User {
  /** The issuer's id. */
  subject: string
  username: string
}

/** An issuer of tokens by OpenID Connect: authorization code with PKCE, by a public client. */
export class OpenidIssuer {
  readonly #configuration: SignInConfiguration
  readonly #server: AuthorizationServer
  readonly #client: { client_id: string }
  readonly #redirectUri = location.origin + SIGNED_IN_PATH
  // Where the page itself comes by plain HTTP, on one machine, its issuer may as well.
  readonly #options = { [allowInsecureRequests]: location.protocol === 'http:' }

  constructor(configuration: SignInConfiguration) {
    const { issuer, client_id, authorize, token, revoke } = configuration
    this.#configuration = configuration
    this.#client = { client_id }
    this.#server = { issuer, authorization_endpoint: authorize, token_endpoint: token, revocation_endpoint: revoke }
  }

  /** Begins a sign-in: its secrets, and the address where the user signs in. */
  async begin(): Promise<{ attempt: Attempt; url: string }> {
    const attempt = {
      state: generateRandomState(),
      nonce: generateRandomNonce(),
      verifier: generateRandomCodeVerifier(),
    }
    const url = new URL(this.#configuration.authorize)
    const parameters = {
      ...this.#client,
      response_type: 'code',
      scope: 'openid',
      redirect_uri: this.#redirectUri,
      state: attempt.state,
      nonce: attempt.nonce,
      code_challenge: await calculatePKCECodeChallenge(attempt.verifier),
      code_challenge_method: 'S256',
      // An idle time-out would be of no use if the issuer's own session let anybody in again.
      prompt: 'login',
    }
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
    return { attempt, url: url.href }
  }

  /** Completes a sign-in with the parameters that the issuer returned. @throws Error if it was refused or is not this one */
  async complete(
    { state, nonce, verifier }: Attempt,
    returned: URLSearchParams,
  ): Promise<{ session: Session; subject: string }> {
    const code = validateAuthResponse(this.#server, this.#client, returned, state)
    const response = await authorizationCodeGrantRequest(
      this.#server,
      this.#client,
      None(),
      code,
      this.#redirectUri,
      verifier,
      this.#options,
    )
    const checks = { expectedNonce: nonce, requireIdToken: true }
    const tokens = await processAuthorizationCodeResponse(this.#server, this.#client, response, checks)
    const claims = getValidatedIdTokenClaims(tokens)
    const subject = claims?.sub ?? ''
    const username = String(claims?.['cognito:username'] ?? subject)
    return { session: this.#toSession(tokens, { subject, username }, tokens.refresh_token), subject }
  }

  #toSession(tokens: TokenEndpointResponse, user: User, refreshToken?: string): Session {
    return {
      username: user.username,
      token: tokens.access_token,
      endsAt: Date.now() + (tokens.expires_in ?? DEFAULT_SECONDS) * 1000,
      issuer: {
        renew: async () => (refreshToken === undefined ? null : this.#renew(user, refreshToken)),
        revoke: async () => (refreshToken === undefined ? undefined : this.#revoke(refreshToken)),
        signOut: () => location.assign(this.#configuration.sign_out),
      },
    }
  }

  async #renew(user: User, refreshToken: string): Promise<Session | null> {
    const response = await refreshTokenGrantRequest(this.#server, this.#client, None(), refreshToken, this.#options)
    try {
      const tokens = await processRefreshTokenResponse(this.#server, this.#client, response)
      // Where tokens are not rotated, the one there was goes on.
      return this.#toSession(tokens, user, tokens.refresh_token ?? refreshToken)
    } catch (error) {
      if (error instanceof ResponseBodyError && error.status < 500) return null
      throw error
    }
  }

  /** Revokes a refresh token and all that came of it. If the issuer cannot be reached, they end by themselves. */
  async #revoke(refreshToken: string): Promise<void> {
    await revocationRequest(this.#server, this.#client, None(), refreshToken, this.#options)
      .then(processRevocationResponse)
      .catch(() => undefined)
  }
}

import { createHash, timingSafeEqual } from 'node:crypto'
import { importJWK, SignJWT } from 'jose'
import * as z from 'zod'
import { TooManyRequests } from '#domain/errors.ts'

const LIFETIME_SECONDS = 3600

export const userDirectory = z.record(
  z.string(),
  z.object({ password: z.string().min(1), groups: z.array(z.string()) }),
)

export interface IssuerSettings {
  issuer: string
  clientId: string
  /** A private RSA key as a JWK, with `kid`. */
  signingKey: string
  /** Users by name, as JSON. */
  users: string
}

export interface Token {
  access_token: string
  token_type: 'Bearer'
  expires_in: number
}

const privateKey = z.looseObject({ kid: z.string(), kty: z.literal('RSA') })
const hash = (text: string) => createHash('sha256').update(text).digest()

/** How many wrong passwords in a row are answered at once. */
const FREE_ATTEMPTS = 5
const MAX_DELAY_SECONDS = 60
const MAX_USERS = 1000

/** Slows down repeated wrong passwords: after five in a row, each further attempt must wait twice as long as the one before. */
class AttemptLimiter {
  readonly #failures = new Map<string, { count: number; nextAt: number }>()

  /** @throws TooManyRequests if the user's next attempt is not due yet */
  assertAllowed(username: string, now: number): void {
    const { nextAt = 0 } = this.#failures.get(username) ?? {}
    if (now < nextAt)
      throw new TooManyRequests('Too many wrong passwords: try again later', Math.ceil((nextAt - now) / 1000))
  }

  recordFailure(username: string, now: number): void {
    const count = (this.#failures.get(username)?.count ?? 0) + 1
    const seconds = count < FREE_ATTEMPTS ? 0 : Math.min(2 ** (count - FREE_ATTEMPTS), MAX_DELAY_SECONDS)
    if (this.#failures.size >= MAX_USERS) this.#failures.clear()
    this.#failures.set(username, { count, nextAt: now + seconds * 1000 })
  }

  recordSuccess(username: string): void {
    this.#failures.delete(username)
  }
}

/** Issues tokens like Cognito's access tokens to configured users; null for a wrong name or password. Repeated failures throw TooManyRequests. */
export function createTokenIssuer(
  settings: IssuerSettings,
): (username: string, password: string) => Promise<Token | null> {
  const users = userDirectory.parse(JSON.parse(settings.users))
  const jwk = privateKey.parse(JSON.parse(settings.signingKey))
  const attempts = new AttemptLimiter()
  return async (username, password) => {
    attempts.assertAllowed(username, Date.now())
    const user = Object.hasOwn(users, username) ? users[username] : undefined
    const isPasswordCorrect = timingSafeEqual(hash(password), hash(user?.password ?? ''))
    if (user === undefined || !isPasswordCorrect) {
      attempts.recordFailure(username, Date.now())
      return null
    }
    attempts.recordSuccess(username)
    const access_token = await new SignJWT({
      token_use: 'access',
      client_id: settings.clientId,
      username,
      'cognito:groups': user.groups,
    })
      .setProtectedHeader({ alg: 'RS256', kid: jwk.kid })
      .setIssuer(settings.issuer)
      .setSubject(username)
      .setIssuedAt()
      .setExpirationTime(`${LIFETIME_SECONDS}s`)
      .sign(await importJWK(jwk, 'RS256'))
    return { access_token, token_type: 'Bearer', expires_in: LIFETIME_SECONDS }
  }
}

import { createHash, timingSafeEqual } from 'node:crypto'
import { importJWK, SignJWT } from 'jose'
import * as z from 'zod'
import { OneTimePassword, StateConflict, TooManyRequests } from '#domain/errors.ts'

const LIFETIME_SECONDS = 3600

const userDirectory = z.record(z.string(), z.object({ password: z.string().min(1), groups: z.array(z.string()) }))

export interface IssuerSettings {
  issuer: string
  clientId: string
  /** A private RSA key as a JWK, with `kid`. */
  signingKey: string
  users: PasswordCheck
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

/** Checks names and passwords. */
export interface PasswordCheck {
  /** `one-time`: the password is right, but must be replaced first. Null for a wrong name or password. */
  logIn(username: string, password: string, newPassword?: string): Promise<Login | 'one-time' | null>
}
export interface Login {
  groups: readonly string[]
  /** Tokens are valid if they were issued from then on, in seconds since 1970. */
  tokensFrom: number
}

/** Fixed users by name, as JSON. */
export function createFixedUsers(json: string): PasswordCheck {
  const users = userDirectory.parse(JSON.parse(json))
  return {
    logIn: async (username, password, newPassword) => {
      const user = Object.hasOwn(users, username) ? users[username] : undefined
      const isRight = timingSafeEqual(hash(password), hash(user?.password ?? ''))
      if (user === undefined || !isRight) return null
      if (newPassword !== undefined) throw new StateConflict('The passwords of this deployment are fixed')
      return { groups: user.groups, tokensFrom: 0 }
    },
  }
}

/**
 * Issues tokens like Cognito's access tokens; null for a wrong name or password. Attempts of one user are checked one after another, so that
 * many at once are slowed down as well.
 *
 * @throws TooManyRequests after repeated failures; OneTimePassword if it must be replaced
 */
export function createTokenIssuer(settings: IssuerSettings) {
  const jwk = privateKey.parse(JSON.parse(settings.signingKey))
  const attempts = new AttemptLimiter()
  const pending = new Map<string, Promise<unknown>>()

  async function check(username: string, password: string, newPassword?: string): Promise<Token | null> {
    attempts.assertAllowed(username, Date.now())
    const login = await settings.users.logIn(username, password, newPassword)
    if (login === null) {
      attempts.recordFailure(username, Date.now())
      return null
    }
    attempts.recordSuccess(username)
    if (login === 'one-time') throw new OneTimePassword()
    const issuedAt = Math.max(Math.floor(Date.now() / 1000), login.tokensFrom)
    const access_token = await new SignJWT({
      token_use: 'access',
      client_id: settings.clientId,
      username,
      'cognito:groups': login.groups,
    })
      .setProtectedHeader({ alg: 'RS256', kid: jwk.kid })
      .setIssuer(settings.issuer)
      .setSubject(username)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + LIFETIME_SECONDS)
      .sign(await importJWK(jwk, 'RS256'))
    return { access_token, token_type: 'Bearer', expires_in: LIFETIME_SECONDS }
  }

  return (username: string, password: string, newPassword?: string): Promise<Token | null> => {
    const previous = pending.get(username) ?? Promise.resolve()
    const result = previous.catch(() => undefined).then(() => check(username, password, newPassword))
    const settled = result
      .catch(() => undefined)
      .finally(() => {
        if (pending.get(username) === settled) pending.delete(username)
      })
    pending.set(username, settled)
    return result
  }
}

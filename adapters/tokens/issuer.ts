import { createHash, timingSafeEqual } from 'node:crypto'
import { importJWK, SignJWT } from 'jose'
import * as z from 'zod'

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

/** Issues tokens like Cognito's access tokens to configured users; null for a wrong name or password. */
export function createTokenIssuer(
  settings: IssuerSettings,
): (username: string, password: string) => Promise<Token | null> {
  const users = userDirectory.parse(JSON.parse(settings.users))
  const jwk = privateKey.parse(JSON.parse(settings.signingKey))
  return async (username, password) => {
    const user = Object.hasOwn(users, username) ? users[username] : undefined
    const isPasswordCorrect = timingSafeEqual(hash(password), hash(user?.password ?? ''))
    if (user === undefined || !isPasswordCorrect) return null
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

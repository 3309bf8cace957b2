import { JwtVerifier } from 'aws-jwt-verify'
import { decodeProtectedHeader } from 'jose'
import * as z from 'zod'

export interface TokenSettings {
  issuer: string
  /** The clients whose tokens are accepted. */
  clientIds: readonly string[]
  /** The issuer's public keys as JSON, if configured. */
  jwks?: string | undefined
}

/** The claims of an access token that are used. */
const claims = z.object({
  sub: z.string().min(1),
  username: z.string().min(1).optional(),
  exp: z.number(),
  iat: z.number(),
  token_use: z.literal('access'),
  client_id: z.string(),
  'cognito:groups': z.array(z.string()).default([]),
})

export interface VerifiedCaller {
  actor: string
  groups: string[]
  /** When the token was issued, in seconds since 1970. */
  issuedAt: number
  /** When it expires, in seconds since 1970. */
  expiresAt: number
}

/** An RSA public key as a JWK. */
export const publicKey = z.object({
  kid: z.string(),
  kty: z.literal('RSA'),
  alg: z.string(),
  use: z.string(),
  n: z.string(),
  e: z.string(),
})
const jwkSet = z.object({ keys: z.array(publicKey) })

/**
 * Verifies access tokens as Cognito issues them: signature, issuer, times, use and client. An expiry is required. Throws for an invalid
 * token.
 */
export function createTokenVerifier({
  issuer,
  clientIds,
  jwks: knownJwks,
}: TokenSettings): (token: string) => Promise<VerifiedCaller> {
  const verifier = JwtVerifier.create({ issuer, audience: null, jwksUri: `${issuer}/.well-known/jwks.json` })
  if (knownJwks !== undefined) verifier.cacheJwks(jwkSet.parse(JSON.parse(knownJwks)))
  return async token => {
    // A critical header parameter that is not understood makes a token invalid (RFC 7515, 4.1.11). None is.
    if ('crit' in decodeProtectedHeader(token)) throw new Error('The token has a critical header that is not supported')
    const { sub, username, client_id, iat, exp, 'cognito:groups': groups } = claims.parse(await verifier.verify(token))
    if (!clientIds.includes(client_id)) throw new Error('The token is for another client')
    return { actor: username ?? sub, groups, issuedAt: iat, expiresAt: exp }
  }
}

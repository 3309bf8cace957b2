import { JwtVerifier } from 'aws-jwt-verify'
import * as z from 'zod'

export interface TokenSettings {
  issuer: string
  clientId: string
  /** The issuer's public keys as JSON, when they are known beforehand. */
  jwks?: string | undefined
}

/** The claims of an access token that count here. */
const claims = z.object({
  sub: z.string().min(1),
  username: z.string().min(1).optional(),
  exp: z.number(),
  token_use: z.literal('access'),
  client_id: z.string(),
  'cognito:groups': z.array(z.string()).default([]),
})

export interface VerifiedCaller {
  actor: string
  groups: string[]
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
 * Checks access tokens as Cognito makes them: signature, issuer, times, use and client; an expiry there must be.
 * The check throws for a token that is not valid.
 */
export function createTokenVerifier({
  issuer,
  clientId,
  jwks: knownJwks,
}: TokenSettings): (token: string) => Promise<VerifiedCaller> {
  const verifier = JwtVerifier.create({ issuer, audience: null, jwksUri: `${issuer}/.well-known/jwks.json` })
  if (knownJwks !== undefined) verifier.cacheJwks(jwkSet.parse(JSON.parse(knownJwks)))
  return async token => {
    const { sub, username, client_id, 'cognito:groups': groups } = claims.parse(await verifier.verify(token))
    if (client_id !== clientId) throw new Error('The token is for another client')
    return { actor: username ?? sub, groups }
  }
}

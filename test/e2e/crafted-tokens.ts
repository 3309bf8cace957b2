import { exportSPKI, importJWK, type JWK, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose'
import { generateKeyPair } from 'jose/key/generate/keypair'

const HOUR = 3600

/** The claims of a valid token. */
const claims = (issuer: string): JWTPayload => ({
  iss: issuer,
  sub: 'provider',
  username: 'provider',
  token_use: 'access',
  client_id: 'registry-local',
  'cognito:groups': ['service_provider'],
  iat: Math.floor(Date.now() / 1000) - 10,
  exp: Math.floor(Date.now() / 1000) + HOUR,
})

const without = (payload: JWTPayload, name: string): JWTPayload =>
  Object.fromEntries(Object.entries(payload).filter(([claim]) => claim !== name))

async function toPublicKey({ kty, n, e }: JWK): Promise<Parameters<typeof exportSPKI>[0]> {
  const key = await importJWK({ kty, n, e } as JWK, 'RS256')
  if (key instanceof Uint8Array) throw new Error('the key is no RSA key')
  return key
}

const withChangedPayload = (token: string, change: JWTPayload): string => {
  const [head = '', body = '', signature = ''] = token.split('.')
  const payload: unknown = JSON.parse(Buffer.from(body, 'base64url').toString())
  const changed = Buffer.from(JSON.stringify(Object.assign({}, payload, change))).toString('base64url')
  return [head, changed, signature].join('.')
}

/** Tokens made without the issuer's key, none of which may be accepted. */
export async function forgedTokens(issuer: string, agentToken: string): Promise<Record<string, string>> {
  const valid = claims(issuer)
  const { privateKey } = await generateKeyPair('RS256')
  const { kid = '' } = JSON.parse(Buffer.from(agentToken.split('.')[0] ?? '', 'base64url').toString())
  const sign = (key: string) =>
    new SignJWT(valid).setProtectedHeader({ alg: 'RS256', ...(key ? { kid: key } : {}) }).sign(privateKey)
  const unsigned = new UnsecuredJWT(valid).encode()
  return {
    'a malformed token': 'not-a-token',
    'an unsigned token': unsigned,
    'an unsigned token that names a key id': `${Buffer.from(JSON.stringify({ alg: 'none', kid })).toString('base64url')}.${unsigned.split('.')[1]}.`,
    "a token signed with a foreign key under the issuer's key id": await sign(kid),
    'a token signed with an unknown key': await sign('unknown'),
    'a token signed with a key without an id': await sign(''),
    'a token whose groups were changed': withChangedPayload(agentToken, { 'cognito:groups': ['service_provider'] }),
  }
}

/** Tokens signed with the issuer's key, each invalid in one way, and one valid. */
export async function signedTokens(issuer: string, jwk: JWK): Promise<Record<string, string>> {
  const valid = claims(issuer)
  const key = await importJWK(jwk, 'RS256')
  const { kid = '' } = jwk
  const sign = (payload: JWTPayload) => new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid }).sign(key)
  const publicPem = await exportSPKI(await toPublicKey(jwk))
  const signedWithPublicKey = new SignJWT(valid)
    .setProtectedHeader({ alg: 'HS256', kid })
    .sign(new TextEncoder().encode(publicPem))
  const now = Math.floor(Date.now() / 1000)
  return {
    'a valid token': await sign(valid),
    'an expired token': await sign({ ...valid, iat: now - 2 * HOUR, exp: now - HOUR }),
    'a token that is not valid yet': await sign({ ...valid, nbf: now + HOUR }),
    'a token of an unknown user': await sign({ ...valid, username: 'mallory' }),
    'a token without an expiry': await sign(without(valid, 'exp')),
    'a token of another client': await sign({ ...valid, client_id: 'another' }),
    'a token for another audience in place of a client': await sign({ ...without(valid, 'client_id'), aud: 'another' }),
    'a token of another issuer': await sign({ ...valid, iss: 'https://issuer.example' }),
    'a token of another use': await sign({ ...valid, token_use: 'id' }),
    "a token signed by the public key's text": await signedWithPublicKey,
    'a token with an unknown critical header': await new SignJWT(valid)
      .setProtectedHeader({ alg: 'RS256', kid, crit: ['urn:example:must'], 'urn:example:must': true })
      .sign(key, { crit: { 'urn:example:must': true } }),
    'a token without groups': await sign(without(valid, 'cognito:groups')),
    'a token of another group': await sign({ ...valid, 'cognito:groups': ['visitors', 'Service_Provider'] }),
  }
}

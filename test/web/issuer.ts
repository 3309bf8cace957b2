import { createServer, type RequestListener } from 'node:http'
import { exportJWK, generateKeyPair } from 'jose'
import { Provider } from 'oidc-provider'
import { freePorts } from '../e2e/free-ports.ts'

const CLIENT = 'page'
const RESOURCE = 'urn:registry'

export interface Issuer {
  /** The value of REGISTRY_OIDC. */
  readonly configuration: string
  /** The kinds of grants that were successful, in their order. */
  readonly grants: string[]
  /** How many refresh tokens were revoked by the page. */
  readonly revoked: () => number
  /** Serves a page at an origin. */
  serve(page: string): void
  /** Ends everything that was granted, as an administrator does. */
  revokeAll(): Promise<void>
  stop(): Promise<void>
}

/** The issuer's own form asks for a name and any password. The name is the user's group as well. */
function toProvider(url: string, page: string, key: object, tokenSeconds: number): Provider {
  return new Provider(url, {
    clients: [
      {
        client_id: CLIENT,
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        redirect_uris: [`${page}/app/signed-in`],
        post_logout_redirect_uris: [`${page}/app`],
      },
    ],
    jwks: { keys: [key] },
    cookies: { keys: ['signs the cookies of this issuer'] },
    claims: { openid: ['sub', 'cognito:username'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    clientBasedCORS: (_, origin) => origin === page,
    findAccount: async (_, accountId) => ({
      accountId,
      claims: async () => ({ sub: accountId, 'cognito:username': accountId }),
    }),
    issueRefreshToken: async () => true,
    // Cognito asks nobody for a consent.
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({
        clientId: oidc.client?.clientId ?? '',
        accountId: oidc.session?.accountId ?? '',
      })
      grant.addOIDCScope('openid')
      grant.addResourceScope(RESOURCE, 'openid')
      await grant.save()
      return grant
    },
    features: {
      devInteractions: { enabled: true },
      revocation: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: async () => RESOURCE,
        useGrantedResource: async () => true,
        getResourceServerInfo: async () => ({
          scope: 'openid',
          accessTokenFormat: 'jwt',
          accessTokenTTL: tokenSeconds,
        }),
      },
    },
    extraTokenClaims: async (_, token) => ({
      token_use: 'access',
      username: 'accountId' in token ? token.accountId : '',
      'cognito:groups': ['accountId' in token && token.accountId === 'provider' ? 'service_provider' : 'service_agent'],
    }),
  })
}

/** Starts an OpenID Connect issuer, whose tokens have the claims of Cognito's and last so many seconds. */
export async function startIssuer(tokenSeconds: number): Promise<Issuer> {
  const port = await freePorts()
  const url = `http://127.0.0.1:${port}`
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
  const marks = { kid: 'issuer', alg: 'RS256', use: 'sig' }
  const publicJwk = { ...(await exportJWK(publicKey)), ...marks }
  const key = { ...(await exportJWK(privateKey)), ...marks }
  const grants: string[] = []
  const grantIds = new Set<string>()
  let revoked = 0
  let provider: Provider | null = null
  let answer: RequestListener = (_, response) => response.writeHead(503).end()
  const server = createServer((request, response) => answer(request, response))
  await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve))
  return {
    configuration: JSON.stringify({
      issuer: url,
      client_id: CLIENT,
      authorize: `${url}/auth`,
      token: `${url}/token`,
      revoke: `${url}/token/revocation`,
      sign_out: `${url}/session/end?client_id=${CLIENT}`,
      jwks: { keys: [publicJwk] },
    }),
    grants,
    revoked: () => revoked,
    serve(page) {
      provider = toProvider(url, page, key, tokenSeconds)
      provider.on('grant.success', ({ oidc }) => {
        grants.push(String(oidc.params?.grant_type))
      })
      provider.on('refresh_token.saved', ({ grantId }) => {
        if (grantId !== undefined) grantIds.add(grantId)
      })
      provider.on('grant.revoked', () => {
        revoked += 1
      })
      answer = provider.callback()
    },
    async revokeAll() {
      for (const id of grantIds) await provider?.RefreshToken.revokeByGrantId(id)
    },
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

import type { LocalEnv } from '#contract/env.ts'
import type { PageConfiguration } from '#contract/page-configuration.ts'
import { localKeys } from './keys.ts'
import { CLIENT, TABLES } from './names.ts'
import { toUsersFile } from './users.ts'

interface Place {
  location: string
  /** The folder with the machine's secrets. */
  data: string
  /** The endpoint of the location's table engine. */
  endpoint: string
}

/** Sets the environment of the functions in this process, as Lambda's configuration does, before any of them is loaded. */
export async function configure(
  {
    REGISTRY_PORT,
    REGISTRY_OIDC: openid,
    DYNAMODB_ENDPOINT: external,
    DYNAMODB_CLIENT: client = external === undefined ? 'grouped' : 'direct',
  }: Pick<LocalEnv, 'REGISTRY_PORT' | 'REGISTRY_OIDC' | 'DYNAMODB_ENDPOINT' | 'DYNAMODB_CLIENT'>,
  { location, data, endpoint }: Place,
): Promise<void> {
  const { cursor, receipt, signing, jwks } = await localKeys(data)
  Object.assign(process.env, {
    REGISTRY_LOCATION: location,
    REGISTRY_TABLE: TABLES.registry,
    VIEWS_TABLE: TABLES.views,
    DYNAMODB_ENDPOINT: endpoint,
    DYNAMODB_CLIENT: client,
    SEARCH_INDEX: process.env.SEARCH_INDEX ?? 'thread',
    CURSOR_KEY: cursor,
    RECEIPT_KEY: receipt,
    TOKEN_CLIENT_ID: CLIENT,
    ...(openid === undefined
      ? {
          // The same at all locations: each has the keys.
          TOKEN_ISSUER: `http://127.0.0.1:${REGISTRY_PORT}`,
          TOKEN_JWKS: jwks,
          TOKEN_SIGNING_KEY: JSON.stringify(signing),
          TOKEN_USERS_FILE: toUsersFile(data),
        }
      : {
          TOKEN_ISSUER: openid.issuer,
          TOKEN_PAGE_CLIENT_ID: openid.client_id,
          ...(openid.jwks === undefined ? {} : { TOKEN_JWKS: JSON.stringify(openid.jwks) }),
        }),
    AWS_REGION: 'local',
  })
}

/** What the page is told: it is served with the API. */
export function toPageConfiguration({ REGISTRY_OIDC: openid }: Pick<LocalEnv, 'REGISTRY_OIDC'>): PageConfiguration {
  if (openid === undefined) return { api: '', sign_in: null }
  const { jwks: _, ...sign_in } = openid
  return { api: '', sign_in }
}

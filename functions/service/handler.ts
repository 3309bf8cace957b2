import { setTimeout as wait } from 'node:timers/promises'
import type * as z from 'zod'
import { createCognitoLogin } from '#adapters/tokens/cognito.ts'
import { createFixedUsers, createTokenIssuer } from '#adapters/tokens/issuer.ts'
import { permits, type Role, type Route } from '#contract/route.ts'
import { serviceRoutes } from '#contract/routes/service.ts'
import type { information, Ping, SearchDomain } from '#contract/schemas/service.ts'
import { NotFound, StorageFull, Unauthenticated } from '#domain/errors.ts'
import { lazy } from '#domain/lazy.ts'
import { keyedHash } from '#domain/lookup/keyed-hashes.ts'
import { NOBODY } from '#domain/lookup/listed.ts'
import about from '../../package.json' with { type: 'json' }
import { authenticate } from '../http/authentication.ts'
import { endpoint } from '../http/endpoint.ts'
import { type HandlerContext, ok, operation } from '../http/operation.ts'
import { publicPath } from '../http/request.ts'
import { getSettings } from '../runtime/settings.ts'
import { describeStartup } from '../runtime/startup.ts'
import { getUsersFile } from '../runtime/users-file.ts'

/** All routes. They are loaded when they are listed: who logs in does not wait for the whole contract. */
const loadRoutes = async (): Promise<Record<string, Route>> => (await import('#contract/routes.ts')).routes

/** The version of this software. */
const VERSION = about.version

const FEATURES = [
  'versions',
  'as_of',
  'known_at',
  'diff',
  'search',
  'match',
  'lookup',
  'batches',
  'purchases',
  'rebuild',
  'drift',
]

const getTokenIssuer = lazy(async () => {
  const settings = getSettings()
  const { TOKEN_ISSUER: issuer, TOKEN_CLIENT_ID: clientId } = settings
  const { TOKEN_LOGIN: endpoint, TOKEN_SIGNING_KEY: signingKey, TOKEN_USERS: fixed } = settings
  if (endpoint !== undefined) return createCognitoLogin({ endpoint, clientId })
  if (signingKey === undefined) return null
  const users = (await getUsersFile()) ?? (fixed === undefined ? null : createFixedUsers(fixed))
  return users && createTokenIssuer({ issuer, clientId, signingKey, users })
})

const UP = { status: 'up' as const }
const DOWN = { status: 'down' as const }

/** How long `/ping` waits for database and index, in milliseconds. */
const PING_TIMEOUT_MS = 2000

/** Why a dependency does not answer without an error, in time; null if it does. */
const findFault = (name: string, response: Promise<unknown>): Promise<string | null> =>
  Promise.race([
    response.then(
      () => null,
      (error: unknown) => (error instanceof StorageFull ? error.message : `${name} cannot be reached`),
    ),
    wait(PING_TIMEOUT_MS, `${name} does not answer within ${PING_TIMEOUT_MS / 1000} s`, { ref: false }),
  ])

const getDomainReader = lazy(async () => {
  const { OPENSEARCH_DOMAIN: name } = getSettings()
  return name === undefined ? null : (await import('#adapters/opensearch-domain/domain.ts')).searchDomain(name)
})

/** The managed domain's state, where there is one, for who may know. */
async function getDomainStatus(event: HandlerContext['event']): Promise<SearchDomain | null> {
  const readDomain = await getDomainReader()
  if (readDomain === null) return null
  // A token that is not valid is as good as none on a public route.
  const caller = await authenticate(event.headers).catch(() => null)
  return caller?.role === 'provider' ? readDomain() : null
}

async function checkHealth({ request, services, event }: HandlerContext): Promise<Ping> {
  const { registry, views } = services.tables.names
  const [database, search, domain] = await Promise.all([
    findFault('The database', services.tables.answers()),
    findFault('The search index', services.index.getMany([NOBODY])),
    getDomainStatus(event),
  ])
  const activity = describeStartup()
  const faults = [database, search].filter(fault => fault !== null)
  const status = activity !== null ? ('starting' as const) : faults.length > 0 ? ('down' as const) : ('up' as const)
  const reason = activity ?? faults.join('; ')
  return {
    status,
    ...(reason === '' ? {} : { reason }),
    location: request.location,
    time: request.now,
    database: { ...(database === null ? UP : DOWN), tables: [registry, views] },
    search: { ...(search === null ? UP : DOWN), engine: services.index.engine, ...(domain ? { domain } : {}) },
    features: FEATURES,
    endpoints: Object.values(await loadRoutes()).map(({ method, path }) => `${method} ${path}`),
  }
}

/** The operations that a role permits. */
const operationsOf = async (role: Role): Promise<string[]> =>
  Object.entries(await loadRoutes()).flatMap(([name, route]) => (permits(route.role, role) ? [name] : []))

export const handler = endpoint<'service'>({
  information: operation(serviceRoutes.information, (_, { request, event }) => {
    const response: z.infer<typeof information> = {
      name: 'Customer registry',
      description: 'A list of customers, versioned and shared between locations',
      version: VERSION,
      location: request.location,
      documentation: publicPath(event, '/docs'),
      openapi: publicPath(event, '/openapi.json'),
    }
    return ok(response)
  }),
  health: operation(serviceRoutes.health, () => ok('Success')),
  ping: operation(serviceRoutes.ping, async (_, context) => {
    const ping = await checkHealth(context)
    return { status: ping.status === 'up' ? 200 : 503, body: ping }
  }),
  openapi: operation(serviceRoutes.openapi, async () => ok((await import('#contract/openapi.ts')).openapi(VERSION))),
  describeCaller: operation(serviceRoutes.describeCaller, async (_, { request, role }) =>
    ok({ user: request.actor, role, location: request.location, operations: await operationsOf(role) }),
  ),
  createToken: operation(
    serviceRoutes.createToken,
    async ({ body: { username, password, new_password } }, { accessDetails }) => {
      // The name of a failed login may be anything that was typed by mistake, even a password.
      accessDetails.asked = { user: keyedHash(getSettings().RECEIPT_KEY, 'user', username) }
      const issueToken = await getTokenIssuer()
      if (issueToken === null) throw new NotFound('This deployment does not issue tokens')
      const token = await issueToken(username, password, new_password)
      if (token === null) throw new Unauthenticated('Invalid username or password')
      accessDetails.actor = username
      return ok(token)
    },
  ),
})

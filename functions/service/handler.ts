import type * as z from 'zod'
import { searchDomain } from '#adapters/opensearch-domain/domain.ts'
import { cognitoLogin } from '#adapters/tokens/cognito.ts'
import { type IssuerSettings, tokenIssuer } from '#adapters/tokens/issuer.ts'
import { openapi } from '#contract/openapi.ts'
import { routes } from '#contract/routes.ts'
import type { information, Ping, SearchDomain } from '#contract/schemas/service.ts'
import { NotFound, Unauthenticated } from '#domain/errors.ts'
import { NOBODY } from '#domain/lookup/listed.ts'
import { callerOf } from '../caller.ts'
import { endpoint, ok, on, type Surroundings } from '../endpoint.ts'
import { asked } from '../request.ts'
import { once, settings } from '../settings.ts'
import { VERSION } from './version.ts'

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

let issue: ReturnType<typeof tokenIssuer> | null = null

/** @throws NotFound where tokens are another's to issue. */
function issuer() {
  const { TOKEN_ISSUER, TOKEN_CLIENT_ID, TOKEN_LOGIN, TOKEN_SIGNING_KEY, TOKEN_USERS } = settings()
  if (TOKEN_LOGIN !== undefined) return cognitoLogin({ endpoint: TOKEN_LOGIN, clientId: TOKEN_CLIENT_ID })
  if (TOKEN_SIGNING_KEY === undefined || TOKEN_USERS === undefined) throw new NotFound('Tokens are not issued here')
  const own: IssuerSettings = {
    issuer: TOKEN_ISSUER,
    clientId: TOKEN_CLIENT_ID,
    signingKey: TOKEN_SIGNING_KEY,
    users: TOKEN_USERS,
  }
  issue ??= tokenIssuer(own)
  return issue
}

const up = { status: 'up' as const }
const down = { status: 'down' as const }

/** Whether what is asked answers. */
const answers = (asked: Promise<unknown>): Promise<boolean> =>
  asked.then(
    () => true,
    () => false,
  )

const askDomain = once(() => {
  const { OPENSEARCH_DOMAIN: name } = settings()
  return name === undefined ? null : searchDomain(name)
})

/** The managed domain's state, where there is one, for who may know. */
async function domainFor(event: Surroundings['event']): Promise<SearchDomain | null> {
  const ask = askDomain()
  if (ask === null) return null
  // A token that is not valid is as good as none on a public route.
  const caller = await callerOf(event.headers).catch(() => null)
  return caller?.role === 'provider' ? ask() : null
}

async function health({ call, services, event }: Surroundings): Promise<Ping> {
  const { registry, views } = services.tables.names
  const [database, search, domain] = await Promise.all([
    answers(services.tables.answers()),
    answers(services.index.held([NOBODY])),
    domainFor(event),
  ])
  return {
    ...(database && search ? up : down),
    location: call.location,
    time: call.now,
    database: { ...(database ? up : down), tables: [registry, views] },
    search: { ...(search ? up : down), engine: services.index.engine, ...(domain ? { domain } : {}) },
    features: FEATURES,
    endpoints: Object.values(routes).map(({ method, path }) => `${method} ${path}`),
  }
}

export const handler = endpoint<'service'>({
  information: on(routes.information, (_, { call, event }) => {
    const about: z.infer<typeof information> = {
      name: 'Customer registry',
      description: 'A list of customers, versioned and shared between locations',
      version: VERSION,
      location: call.location,
      documentation: asked(event, '/docs'),
      openapi: asked(event, '/openapi.json'),
    }
    return ok(about)
  }),
  health: on(routes.health, () => ok('Success')),
  ping: on(routes.ping, async (_, surroundings) => {
    const found = await health(surroundings)
    return { status: found.status === 'up' ? 200 : 503, body: found }
  }),
  openapi: on(routes.openapi, () => ok(openapi(VERSION))),
  createToken: on(routes.createToken, async ({ body }) => {
    const token = await issuer()(body.username, body.password)
    if (token === null) throw new Unauthenticated('The name or the password is wrong')
    return ok(token)
  }),
})

import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda'
import { createRequestContext } from '#adapters/clock.ts'
import type { ProblemKind } from '#contract/problems.ts'
import type { Route } from '#contract/route.ts'
import { routes } from '#contract/routes.ts'
import type { AccessStore } from '#domain/audit/port.ts'
import { authenticate } from '../http/authentication.ts'
import { PUBLIC_ACTOR, toNetworkTrace } from '../http/middleware/access-record.ts'
import { recordRefusal } from '../http/refusal-sampler.ts'
import { getSettings, logger } from '../runtime/settings.ts'

/** API Gateway turns this message into 401. */
class Unauthorized extends Error {
  constructor() {
    super('Unauthorized')
  }
}

/** Where refusals are written down. It is loaded with the first: who is let in does not wait until AWS's client is ready. */
async function loadAccessStore(): Promise<AccessStore> {
  const [{ DynamoAccessStore }, { createTables: tablesFor }] = await Promise.all([
    import('#adapters/dynamodb/access-store.ts'),
    import('../runtime/tables.ts'),
  ])
  return new DynamoAccessStore(tablesFor())
}

/** Writes down that somebody was refused; they are refused even where that cannot be written down. */
async function recordDenial(
  event: APIGatewayRequestAuthorizerEvent,
  actor: string,
  outcome: ProblemKind,
): Promise<void> {
  const { requestId: request_id, identity } = event.requestContext
  const route = Object.entries<Route>(routes).find(
    ([, { method, path }]) => method === event.httpMethod && path === event.resource,
  )
  const { now: at, location } = createRequestContext({ location: getSettings().REGISTRY_LOCATION, actor, request_id })
  const access = { at, request_id, location, actor, action: route?.[0] ?? 'unknown', outcome }
  try {
    await recordRefusal(await loadAccessStore(), { ...access, asked: toNetworkTrace(identity.sourceIp) })
  } catch (error) {
    logger.error('untraced', { request_id, outcome, error: error instanceof Error ? error.name : 'unknown' })
  }
}

/** What of the API may be called, as resources of a policy: of a path's parameters any value. */
const toPolicyResources = (stage: string, allowedRoutes: readonly Route[] | null): string | string[] =>
  allowedRoutes === null
    ? `${stage}/*`
    : allowedRoutes.map(({ method, path }) => `${stage}/${method}${path.replaceAll(/\{\w+\}/g, '*')}`)

/**
 * Says who calls and in which role, from the verified groups alone. The answer holds for the whole API, as API Gateway keeps it for a
 * token; which role a route needs is checked where the route is answered.
 *
 * @throws Unauthorized for a token that is missing or not valid.
 */
export async function handler(event: APIGatewayRequestAuthorizerEvent): Promise<APIGatewayAuthorizerResult> {
  const caller = await authenticate(event.headers ?? {}).catch((error: unknown) => {
    logger.info('token refused', { reason: error instanceof Error ? error.name : 'unknown' })
    return null
  })
  if (caller === null) {
    await recordDenial(event, PUBLIC_ACTOR, 'unauthenticated')
    throw new Unauthorized()
  }
  const { actor, role, allowedRoutes, plan } = caller
  if (role === null) await recordDenial(event, actor, 'forbidden')
  const stage = event.methodArn.split('/').slice(0, 2).join('/')
  return {
    principalId: actor,
    policyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Action: 'execute-api:Invoke',
          Effect: role ? 'Allow' : 'Deny',
          Resource: toPolicyResources(stage, allowedRoutes),
        },
      ],
    },
    context: role ? { actor, role, ...(allowedRoutes === null ? {} : { canary: 'true' }) } : {},
    ...(plan === null ? {} : { usageIdentifierKey: plan }),
  }
}

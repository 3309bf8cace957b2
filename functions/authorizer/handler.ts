import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda'
import type { Route } from '#contract/route.ts'
import { authenticate } from '../http/authentication.ts'
import { PUBLIC_ACTOR } from '../http/public-actor.ts'
import { logger } from '../runtime/settings.ts'

/** API Gateway turns this message into 401. */
class Unauthorized extends Error {
  constructor() {
    super('Unauthorized')
  }
}

/** Writes down that somebody was refused. What that needs is loaded then: who is let in does not wait for AWS's client and the contract. */
async function recordDenial(...denial: Parameters<typeof import('./record-denial.ts').recordDenial>): Promise<void> {
  const { recordDenial: record } = await import('./record-denial.ts')
  await record(...denial)
}

/** What of the API may be called, as resources of a policy: of a path's parameters any value. */
async function toPolicyResources(
  stage: string,
  allowedOperations: readonly string[] | null,
): Promise<string | string[]> {
  if (allowedOperations === null) return `${stage}/*`
  const { routes } = await import('#contract/routes.ts')
  const allowedRoutes = Object.entries<Route>(routes).filter(([name]) => allowedOperations.includes(name))
  return allowedRoutes.map(([, { method, path }]) => `${stage}/${method}${path.replaceAll(/\{\w+\}/g, '*')}`)
}

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
  const { actor, role, allowedOperations, plan } = caller
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
          Resource: await toPolicyResources(stage, allowedOperations),
        },
      ],
    },
    context: role ? { actor, role, ...(allowedOperations === null ? {} : { canary: 'true' }) } : {},
    ...(plan === null ? {} : { usageIdentifierKey: plan }),
  }
}

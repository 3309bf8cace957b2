import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda'
import { callerOf } from '../caller.ts'
import { logger } from '../settings.ts'

/** API Gateway turns this message into 401. */
class Unauthorized extends Error {
  constructor() {
    super('Unauthorized')
  }
}

/**
 * Says who calls and in which role, from the verified groups alone. The answer holds for the whole API, as API Gateway keeps it for a
 * token; which role a route needs is checked where the route is answered.
 *
 * @throws Unauthorized for a token that is missing or not valid.
 */
export async function handler(event: APIGatewayRequestAuthorizerEvent): Promise<APIGatewayAuthorizerResult> {
  const caller = await callerOf(event.headers ?? {}).catch((error: unknown) => {
    logger.info('token refused', { reason: error instanceof Error ? error.name : 'unknown' })
    throw new Unauthorized()
  })
  if (caller === null) throw new Unauthorized()
  const { actor, role, plan } = caller
  const stage = event.methodArn.split('/').slice(0, 2).join('/')
  return {
    principalId: actor,
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Action: 'execute-api:Invoke', Effect: role ? 'Allow' : 'Deny', Resource: `${stage}/*` }],
    },
    context: role ? { actor, role } : {},
    ...(plan === null ? {} : { usageIdentifierKey: plan }),
  }
}

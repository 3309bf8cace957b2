import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda'
import { tokenVerifier } from '#adapters/tokens/verifier.ts'
import { logger, settings } from '../settings.ts'

const ROLES = [
  ['service_provider', 'provider'],
  ['service_agent', 'agent'],
] as const

let verify: ReturnType<typeof tokenVerifier> | null = null

function verifier() {
  const { TOKEN_ISSUER: issuer, TOKEN_CLIENT_ID: clientId, TOKEN_JWKS: jwks } = settings()
  verify ??= tokenVerifier({ issuer, clientId, jwks })
  return verify
}

function bearer(headers: APIGatewayRequestAuthorizerEvent['headers']): string | null {
  const [, value = ''] = Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === 'authorization') ?? []
  return /^Bearer ([\w.~+/=-]+)$/i.exec(value)?.[1] ?? null
}

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
  const token = bearer(event.headers)
  if (token === null) throw new Unauthorized()
  const caller = await verifier()(token).catch((error: unknown) => {
    logger.info('token refused', { reason: error instanceof Error ? error.name : 'unknown' })
    throw new Unauthorized()
  })
  const role = ROLES.find(([group]) => caller.groups.includes(group))?.[1]
  const stage = event.methodArn.split('/').slice(0, 2).join('/')
  return {
    principalId: caller.actor,
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Action: 'execute-api:Invoke', Effect: role ? 'Allow' : 'Deny', Resource: `${stage}/*` }],
    },
    context: role ? { actor: caller.actor, role } : {},
  }
}

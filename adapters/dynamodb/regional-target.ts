import type { Identity } from '../signed-posts.ts'

/** Variables that make the SDK choose another endpoint than the usual one, or one that is named. */
const OTHER_RULES = ['AWS_USE_FIPS_ENDPOINT', 'AWS_USE_DUALSTACK_ENDPOINT', 'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS']
/** Regions whose endpoints have another domain. */
const OTHER_DOMAIN = /^(cn|us-iso|eu-iso)/

const usualEndpoint = (region: string): string | null =>
  OTHER_DOMAIN.test(region) ? null : `https://dynamodb.${region}.amazonaws.com`

/**
 * DynamoDB of the region, or at the endpoint that the environment names for it, and the credentials that Lambda passes to a function; null if
 * only the SDK can find out what they are.
 */
export function toRegionalTarget(
  environment: Record<string, string | undefined>,
): { endpoint: string; identity: Identity } | null {
  const {
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  } = environment
  if (!region || !accessKeyId || !secretAccessKey || OTHER_RULES.some(name => environment[name])) return null
  const endpoint = environment.AWS_ENDPOINT_URL_DYNAMODB || environment.AWS_ENDPOINT_URL || usualEndpoint(region)
  if (endpoint === null) return null
  return { endpoint, identity: { region, credentials: { accessKeyId, secretAccessKey, sessionToken } } }
}

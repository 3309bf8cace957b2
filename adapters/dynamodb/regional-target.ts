import type { Identity } from '../signature.ts'

/** Variables that make the SDK choose another endpoint than the usual one. */
const ENDPOINT_VARIABLES = [
  'AWS_ENDPOINT_URL',
  'AWS_ENDPOINT_URL_DYNAMODB',
  'AWS_USE_FIPS_ENDPOINT',
  'AWS_USE_DUALSTACK_ENDPOINT',
]
/** Regions whose endpoints have another domain. */
const OTHER_DOMAIN = /^(cn|us-iso|eu-iso)/

/**
 * DynamoDB of the region, and the credentials, that Lambda passes to a function in its environment; null if only the SDK can find out what they
 * are.
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
  if (!region || !accessKeyId || !secretAccessKey) return null
  if (OTHER_DOMAIN.test(region) || ENDPOINT_VARIABLES.some(name => environment[name])) return null
  const credentials = { accessKeyId, secretAccessKey, sessionToken }
  return { endpoint: `https://dynamodb.${region}.amazonaws.com`, identity: { region, credentials } }
}

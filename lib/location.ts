import { Stack } from 'aws-cdk-lib'
import type { IKey } from 'aws-cdk-lib/aws-kms'
import type { Domain } from 'aws-cdk-lib/aws-opensearchservice'
import type { Construct } from 'constructs'
import { SECRET } from '#contract/env.ts'
import type { FunctionSpec } from '#contract/function-spec.ts'
import { functionSpecs } from '#contract/functions.ts'
import { RegistryFunction } from './constructs/registry-function.ts'
import { getSearchDomainArn } from './constructs/search-domain.ts'
import { SECRETS, TABLES } from './names.ts'
import { type RegionContext, targetsAws } from './region-context.ts'

/** What the functions of a region share. The location is named after its region. */
export interface Location extends RegionContext {
  key: IKey
  /** The accepted token issuer and client. */
  issuer: string
  clientId: string
  /** The client of the page's sign-in; null without a page. */
  pageClientId: string | null
  userPoolId: string
  /** The managed search domain. */
  domain: Domain | null
}

/** Schedules have a resolution of a minute; a location counts as down after three minutes of silence. */
const HEARTBEAT_SECONDS = 60

function getSearchVariables({ context, region, domain }: Location, spec: FunctionSpec): Record<string, string> {
  const { search } = context
  if (!spec.search || search.kind === 'none') return { SEARCH_INDEX: 'none' }
  if (search.kind === 'endpoint') return { OPENSEARCH_ENDPOINT: search.endpoints[region] ?? '' }
  if (domain === null) return { SEARCH_INDEX: 'none' }
  return {
    OPENSEARCH_ENDPOINT: `https://${domain.domainEndpoint}`,
    OPENSEARCH_REGION: region,
    ...(spec.domain ? { OPENSEARCH_DOMAIN: domain.domainName } : {}),
  }
}

function getEnvironment(location: Location, spec: FunctionSpec): Record<string, string> {
  const { region, issuer, clientId, pageClientId, userPoolId, context } = location
  return {
    REGISTRY_LOCATION: region,
    REGISTRY_TABLE: TABLES.registry,
    VIEWS_TABLE: TABLES.views,
    TOKEN_ISSUER: issuer,
    TOKEN_CLIENT_ID: clientId,
    ...(pageClientId === null ? {} : { TOKEN_PAGE_CLIENT_ID: pageClientId }),
    HEARTBEAT_SECONDS: String(HEARTBEAT_SECONDS),
    REGISTRY_RETENTION_DAYS: String(context.retentionDays),
    POWERTOOLS_LOG_LEVEL: 'INFO',
    ...(spec.login ? { TOKEN_LOGIN: `https://cognito-idp.${context.regions[0]}.amazonaws.com/` } : {}),
    ...(spec.users ? { USER_POOL_ID: userPoolId } : {}),
    ...getSearchVariables(location, spec),
    ...Object.fromEntries((spec.keys ?? []).map(name => [name, `${SECRET}${SECRETS[name]}`])),
    ...(spec.trigger === 'authorizer' ? { USAGE_PLANS: Object.keys(context.plans).join(',') || 'common' } : {}),
  }
}

/** A function without a specification. */
export class UnknownFunction extends Error {
  constructor(name: string) {
    super(`contract/functions.ts says nothing of ${name}: what may it do?`)
    this.name = 'UnknownFunction'
  }
}

/** Adds a function of a location with what it needs, and further variables. @throws UnknownFunction */
export function addLocationFunction(
  scope: Construct,
  name: string,
  location: Location,
  extraVariables: Record<string, string> = {},
): RegistryFunction {
  const spec = functionSpecs.get(name)
  if (spec === undefined) throw new UnknownFunction(name)
  const { key, region, context, code, domain, userPoolId } = location
  const { partition, account } = Stack.of(scope)
  return new RegistryFunction(scope, name, {
    name,
    spec: spec,
    code: code(name),
    environment: { ...getEnvironment(location, spec), ...extraVariables },
    key,
    grantContext: {
      location: region,
      userPoolArn: `arn:${partition}:cognito-idp:${context.regions[0]}:${account}:userpool/${userPoolId}`,
      domainArn: domain && getSearchDomainArn(Stack.of(scope)),
      hasRowConditions: targetsAws(location),
    },
    logDays: context.logDays,
  })
}

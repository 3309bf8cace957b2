import { beforeAll, describe, expect, test } from '@jest/globals'
import type { Template } from 'aws-cdk-lib/assertions'
import { routes } from '#contract/routes.ts'
import { problem } from '#contract/schemas/problem.ts'
import { getResources, type Json, REGION, type Resource, resolveText, synthStacks } from './stacks.ts'

let api: Template
let resources: Record<string, Resource>

beforeAll(() => {
  api = synthStacks({ regions: [REGION], plans: { crm: { rate: 5, burst: 9, perDay: 1000 } } }).get(
    `api-${REGION}`,
  ) as Template
  resources = api.toJSON().Resources
})

const getApiResources = (type: string) => getResources([api], type)

/** Returns the path of an API Gateway resource. */
function getPath(resources: Record<string, Resource>, id: Json): string {
  if (!id?.Ref) return ''
  const { ParentId, PathPart } = resources[id.Ref]?.Properties ?? {}
  return `${getPath(resources, ParentId)}/${PathPart}`
}

const getMethods = (resources: Record<string, Resource>) =>
  Object.values(resources)
    .filter(({ Type, Properties }) => Type === 'AWS::ApiGateway::Method' && Properties.HttpMethod !== 'OPTIONS')
    .map(({ Properties }) => ({
      route: `${Properties.HttpMethod} ${getPath(resources, Properties.ResourceId) || '/'}`,
      ...Properties,
    })) as (Record<string, Json> & { route: string })[]

test('every route is a method of the API, and every method a route', () => {
  expect(
    getMethods(resources)
      .map(({ route }) => route)
      .sort(),
  ).toEqual(
    Object.values(routes)
      .map(({ method, path }) => `${method} ${path}`)
      .sort(),
  )
})

test('every route requires a token and a usage plan, except public ones', () => {
  const publicRoutes = Object.values(routes).filter(({ role }) => role === 'public')
  for (const { route, AuthorizationType, ApiKeyRequired } of getMethods(resources))
    if (publicRoutes.some(({ method, path }) => route === `${method} ${path}`))
      expect([route, AuthorizationType]).toEqual([route, 'NONE'])
    else expect([route, AuthorizationType, ApiKeyRequired]).toEqual([route, 'CUSTOM', true])
  expect(getApiResources('AWS::ApiGateway::Authorizer')).toMatchObject([
    {
      Properties: {
        Type: 'REQUEST',
        IdentitySource: 'method.request.header.Authorization',
        AuthorizerResultTtlInSeconds: 300,
      },
    },
  ])
})

test('a disabled module has no routes and no functions', () => {
  const withoutLookup = synthStacks({ regions: [REGION], modules: { lookup: false } }).get(`api-${REGION}`) as Template
  const paths = getMethods(withoutLookup.toJSON().Resources).map(({ route }) => route)
  expect(paths).not.toContain('POST /v1/lookup')
  expect(paths).toContain('POST /v1/search')
  const names = getResources([withoutLookup], 'AWS::Lambda::Function').map(({ Properties }) => Properties.FunctionName)
  expect(names).not.toContain('customer-registry-lookup')
})

describe('the stage', () => {
  const stage = () => getApiResources('AWS::ApiGateway::Stage')[0]?.Properties ?? {}

  test('limits all requests together, and public lookups more tightly', () => {
    const settings: Json[] = stage().MethodSettings
    expect(settings).toContainEqual(
      expect.objectContaining({
        ResourcePath: '/*',
        HttpMethod: '*',
        ThrottlingRateLimit: 200,
        ThrottlingBurstLimit: 400,
      }),
    )
    const lookupSettings = settings.find(({ ResourcePath }) => ResourcePath === '/~1v1~1lookup')
    expect(lookupSettings).toMatchObject({ HttpMethod: 'POST', ThrottlingRateLimit: 20, ThrottlingBurstLimit: 40 })
    expect(settings.map(({ DataTraceEnabled }) => DataTraceEnabled ?? false)).not.toContain(true)
  })

  test('logs no address, path, query or user', () => {
    const format = stage().AccessLogSetting.Format
    expect(Object.keys(JSON.parse(format)).sort()).toEqual(
      ['at', 'bytes', 'function_ms', 'latency_ms', 'method', 'refused', 'request_id', 'route', 'status'].sort(),
    )
    expect(format).not.toMatch(/identity|context\.path|authorizer|querystring/)
  })
})

test('every gateway response is a problem document that must not be cached', () => {
  const gatewayResponses = getApiResources('AWS::ApiGateway::GatewayResponse')
  expect(gatewayResponses.length).toBeGreaterThan(15)
  for (const { Properties } of gatewayResponses) {
    const document = JSON.parse(Properties.ResponseTemplates['application/json'])
    expect(problem.safeParse(document).error?.issues ?? []).toEqual([])
    expect(String(document.status)).toBe(Properties.StatusCode)
    expect(Properties.ResponseParameters).toMatchObject({
      'gatewayresponse.header.Content-Type': "'application/problem+json'",
      'gatewayresponse.header.Cache-Control': "'no-store'",
    })
  }
  const findByType = (type: string) =>
    gatewayResponses.find(({ Properties }) => Properties.ResponseType === type)?.Properties
  expect(findByType('MISSING_AUTHENTICATION_TOKEN')).toMatchObject({ StatusCode: '404' })
  expect(findByType('THROTTLED')).toMatchObject({
    StatusCode: '429',
    ResponseParameters: { 'gatewayresponse.header.Retry-After': "'1'" },
  })
})

test('a usage plan limits each system, and the authorizer selects the plan', () => {
  const plans = getApiResources('AWS::ApiGateway::UsagePlan').map(({ Properties }) => [
    Properties.UsagePlanName,
    Properties.Throttle.RateLimit,
    Properties.Quota?.Limit,
  ])
  expect(plans.sort()).toEqual([
    ['customer-registry-common', 100, undefined],
    ['customer-registry-crm', 5, 1000],
  ])
  expect(getApiResources('AWS::ApiGateway::RestApi')).toMatchObject([
    { Properties: { ApiKeySourceType: 'AUTHORIZER' } },
  ])
  const authorizer = getApiResources('AWS::Lambda::Function').find(({ Properties }) =>
    Properties.FunctionName.endsWith('authorizer'),
  )
  expect(authorizer?.Properties.Environment.Variables.USAGE_PLANS).toBe('crm')
})

describe('the firewall', () => {
  const rule = (name: string) =>
    getApiResources('AWS::WAFv2::WebACL')[0]?.Properties.Rules.find(({ Name }: Json) => Name === name)

  test('limits requests per address, and public routes more tightly', () => {
    expect(rule('Rate').Statement.RateBasedStatement).toMatchObject({ Limit: 1200, EvaluationWindowSec: 60 })
    const { Limit, ScopeDownStatement } = rule('TightRate').Statement.RateBasedStatement
    expect(Limit).toBe(60)
    expect(JSON.stringify(ScopeDownStatement)).toContain('/v1/lookup')
  })

  test('counts large bodies, which batches have, and blocks other bad requests', () => {
    const { RuleActionOverrides } = rule('AWSManagedRulesCommonRuleSet').Statement.ManagedRuleGroupStatement
    expect(RuleActionOverrides).toEqual([{ Name: 'SizeRestrictions_BODY', ActionToUse: { Count: {} } }])
    expect(rule('AWSManagedRulesKnownBadInputsRuleSet').OverrideAction).toEqual({ None: {} })
    expect(getApiResources('AWS::WAFv2::WebACLAssociation')).toHaveLength(1)
  })

  test('logs blocked requests without tokens and queries', () => {
    const [logging] = getApiResources('AWS::WAFv2::LoggingConfiguration')
    expect(logging?.Properties.RedactedFields).toEqual([
      { SingleHeader: { Name: 'authorization' } },
      { QueryString: {} },
    ])
    expect(logging?.Properties.LoggingFilter.DefaultBehavior).toBe('DROP')
  })
})

describe('CORS', () => {
  test('allows no origin without a documentation page', () => {
    expect(JSON.stringify(resources)).not.toContain('Access-Control-Allow-Origin')
  })

  test('allows only the documentation page', () => {
    const page = new URL('../../docs', import.meta.url).pathname
    const stacks = synthStacks({ regions: [REGION] }, page)
    const withPage = stacks.get(`api-${REGION}`) as Template
    const allowedOrigins =
      JSON.stringify(withPage.toJSON()).match(/Access-Control-Allow-Origin":("[^"]+"|\{.*?\]\]\})/g) ?? []
    expect(allowedOrigins.length).toBeGreaterThan(10)
    for (const origin of allowedOrigins) expect(origin).not.toContain('*')
    const [bucket] = getResources([stacks.get('web') as Template], 'AWS::S3::Bucket')
    expect(bucket?.Properties.PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    })
  })
})

test('a custom domain routes to the nearest healthy region', () => {
  const domain = { name: 'api.example.org', zone: 'example.org', zoneId: 'Z0123456789ABC' }
  const withDomain = synthStacks({ regions: [REGION], domain }).get(`api-${REGION}`) as Template
  expect(getResources([withDomain], 'AWS::Route53::RecordSet')).toMatchObject([
    {
      Properties: { Name: 'api.example.org.', Region: REGION, SetIdentifier: REGION, HealthCheckId: expect.anything() },
    },
  ])
  expect(getResources([withDomain], 'AWS::ApiGateway::DomainName')).toMatchObject([
    { Properties: { SecurityPolicy: 'TLS_1_2' } },
  ])
  const [check] = getResources([withDomain], 'AWS::Route53::HealthCheck')
  expect(resolveText(check?.Properties.HealthCheckConfig.ResourcePath)).toMatch(/\/ping$/)
})

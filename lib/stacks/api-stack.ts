import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib'
import {
  AccessLogField,
  AccessLogFormat,
  ApiKey,
  EndpointType,
  IdentitySource,
  type IRestApi,
  LogGroupLogDestination,
  MethodLoggingLevel,
  Period,
  RequestAuthorizer,
  RestApi,
  UsagePlan,
} from 'aws-cdk-lib/aws-apigateway'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'
import * as z from 'zod'
import { DEFAULT_PLAN, planKey } from '#contract/usage-plans.ts'
import { CustomDomain } from '../constructs/custom-domain.ts'
import { Firewall } from '../constructs/firewall.ts'
import type { RegistryFunction } from '../constructs/registry-function.ts'
import type { Rate } from '../context.ts'
import { addGatewayResponses } from '../gateway-responses.ts'
import { addLocationFunction, type Location } from '../location.ts'
import { suppressNag } from '../nag-suppressions.ts'
import { LOGS, PREFIX, STAGE } from '../names.ts'
import { targetsAws } from '../region-context.ts'
import { addRoutes, apiKeySource, getRoutes, getThrottles } from '../route-methods.ts'

/** The class does not satisfy its own interface under `exactOptionalPropertyTypes`. */
const restApiSchema = z.custom<IRestApi>(it => it instanceof RestApi)

interface Props extends StackProps {
  location: Location
  /** The origin of the web page; null without one. */
  pageOrigin: string | null
}

/** How long API Gateway caches the authorizer's result for a token. */
const AUTHORIZER_CACHE_TTL = Duration.minutes(5)

/** Nothing about the caller or the request's content: the route's pattern instead of the path, no address, no query. */
const accessLogFormat = AccessLogFormat.custom(
  JSON.stringify({
    request_id: AccessLogField.contextRequestId(),
    at: AccessLogField.contextRequestTimeEpoch(),
    method: AccessLogField.contextHttpMethod(),
    route: AccessLogField.contextResourcePath(),
    status: AccessLogField.contextStatus(),
    bytes: AccessLogField.contextResponseLength(),
    latency_ms: AccessLogField.contextResponseLatency(),
    function_ms: AccessLogField.contextIntegrationLatency(),
    refused: AccessLogField.contextErrorResponseType(),
  }),
)

/** The API of one region, generated from the routes, with their functions. */
export class ApiStack extends Stack {
  readonly api: RestApi
  /** The address of the API, without a slash at its end. */
  readonly url: string
  readonly functions: readonly RegistryFunction[]
  readonly firewall: Firewall | null

  constructor(scope: Construct, id: string, { location, pageOrigin, ...props }: Props) {
    super(scope, id, { ...props, description: 'Customer registry: the API' })
    const { context, key } = location
    const routes = getRoutes(context)
    const variables = pageOrigin === null ? {} : { PAGE_ORIGIN: pageOrigin }
    const names = [...new Set(routes.map(route => route.function))]
    const routeFunctions = new Map(names.map(name => [name, addLocationFunction(this, name, location, variables)]))
    const authorizerFunction = addLocationFunction(this, 'authorizer', location)
    this.functions = [...routeFunctions.values(), authorizerFunction]

    const logs = new LogGroup(this, 'AccessLogs', {
      logGroupName: `${LOGS}/access`,
      retention: context.logDays,
      encryptionKey: key,
      removalPolicy: RemovalPolicy.RETAIN,
    })
    this.api = new RestApi(this, 'Api', {
      restApiName: PREFIX,
      description: 'Customer registry',
      endpointTypes: [EndpointType.REGIONAL],
      // Batches are text, whatever their media type.
      apiKeySourceType: apiKeySource,
      cloudWatchRole: true,
      deployOptions: {
        stageName: STAGE,
        accessLogDestination: new LogGroupLogDestination(logs),
        accessLogFormat: accessLogFormat,
        loggingLevel: MethodLoggingLevel.OFF,
        dataTraceEnabled: false,
        // The API's own metrics are free and suffice for the dashboard; per-method metrics would cost more than everything else.
        metricsEnabled: false,
        tracingEnabled: true,
        throttlingRateLimit: context.limits.stage.rate,
        throttlingBurstLimit: context.limits.stage.burst,
        methodOptions: getThrottles(routes),
      },
      ...(pageOrigin === null
        ? {}
        : {
            defaultCorsPreflightOptions: {
              allowOrigins: [pageOrigin],
              allowHeaders: ['Authorization', 'Content-Type', 'If-Match', 'Idempotency-Key'],
              allowMethods: ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'],
              maxAge: Duration.hours(1),
            },
          }),
    })
    const authorizer = new RequestAuthorizer(this, 'Authorizer', {
      handler: authorizerFunction.function,
      identitySources: [IdentitySource.header('Authorization')],
      resultsCacheTtl: AUTHORIZER_CACHE_TTL,
    })
    const validator = this.api.addRequestValidator('Validator', {
      validateRequestParameters: true,
      validateRequestBody: true,
    })
    addRoutes(this.api, routes, { functions: routeFunctions, authorizer, validator, plans: targetsAws(location) })
    addGatewayResponses(this.api, pageOrigin)
    this.#addUsagePlans({ [DEFAULT_PLAN]: context.limits.common, ...context.plans })
    this.firewall = targetsAws(location) ? new Firewall(this, 'Firewall', { api: this.api, key }) : null
    if (context.domain) new CustomDomain(this, 'OwnDomain', { api: this.api, domain: context.domain })
    this.#suppressNagFindings(pageOrigin)
    this.url = context.domain ? `https://${context.domain.name}` : this.api.urlForPath().replace(/\/$/, '')
    new CfnOutput(this, 'Url', { value: context.domain ? this.url : this.api.url })
  }

  /** One usage plan per group. The authorizer assigns a caller's requests to a plan by the groups in the token. */
  #addUsagePlans(plans: Readonly<Record<string, Rate>>): void {
    for (const [name, { rate, burst, perDay }] of Object.entries(plans)) {
      const plan = new UsagePlan(this, `Plan-${name}`, {
        name: `${PREFIX}-${name}`,
        throttle: { rateLimit: rate, burstLimit: burst },
        ...(perDay === undefined ? {} : { quota: { limit: perDay, period: Period.DAY } }),
        apiStages: [{ api: restApiSchema.parse(this.api), stage: this.api.deploymentStage }],
      })
      plan.addApiKey(new ApiKey(this, `PlanKey-${name}`, { apiKeyName: `${PREFIX}-${name}`, value: planKey(name) }))
    }
  }

  #suppressNagFindings(pageOrigin: string | null): void {
    suppressNag(this.api, {
      'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]':
        "API Gateway's own role for writing access logs, of which an account has one a region.",
    })
    suppressNag(this.api.deploymentStage, {
      'AwsSolutions-APIG6':
        'The log of an execution holds paths, headers and bodies; the access log and the functions say what is needed, without persons.',
      ...(this.firewall ? {} : { 'AwsSolutions-APIG3': 'An emulator knows no firewall.' }),
    })
    if (pageOrigin === null) return
    const preflightReason =
      "A browser's question before the request: it carries no token, and the answer holds nothing."
    for (const method of this.api.methods.filter(({ httpMethod }) => httpMethod === 'OPTIONS'))
      suppressNag(method, { 'AwsSolutions-APIG4': preflightReason, 'AwsSolutions-COG4': preflightReason })
  }
}

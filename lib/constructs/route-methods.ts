import {
  ApiKeySourceType,
  type IResource,
  LambdaIntegration,
  type Method,
  type MethodDeploymentOptions,
  type RequestAuthorizer,
  type RequestValidator,
  type RestApi,
} from 'aws-cdk-lib/aws-apigateway'
import type { Route } from '#contract/route.ts'
import { routes } from '#contract/routes.ts'
import type { RegistryContext } from '../context.ts'
import { allowed } from './allowed.ts'
import type { RegistryFunction } from './registry-function.ts'

/** Functions that a module is made of: without it they are not there, and neither are their routes. */
const modules: Readonly<Record<string, keyof RegistryContext['modules']>> = {
  lookup: 'lookup',
  purchases: 'purchases',
}

/** The routes of the modules that are not left out. */
export function routesOf({ modules: wanted }: Pick<RegistryContext, 'modules'>): Route[] {
  return Object.values<Route>(routes).filter(({ function: name }) => {
    const module = modules[name]
    return module === undefined || wanted[module]
  })
}

export const apiKeySource = ApiKeySourceType.AUTHORIZER

/** Throttles of the routes that have one, as a stage wants them. */
export function throttlesOf(all: readonly Route[]): Record<string, MethodDeploymentOptions> {
  const own = all.flatMap(({ method, path, throttle }) =>
    throttle
      ? [[`${path}/${method}`, { throttlingRateLimit: throttle.rate, throttlingBurstLimit: throttle.burst }] as const]
      : [],
  )
  return Object.fromEntries(own)
}

interface Answering {
  functions: ReadonlyMap<string, RegistryFunction>
  authorizer: RequestAuthorizer
  validator: RequestValidator
  /** Whether callers have usage plans. */
  plans: boolean
}

const PUBLIC = 'Open to anyone, by the contract; the firewall and a throttle of its own limit it.'

/** Puts every route on the API. */
export function addRoutes(
  api: RestApi,
  all: readonly Route[],
  { functions, authorizer, validator, plans }: Answering,
): void {
  const integrations = new Map(
    [...functions].map(([name, { function: handler }]) => [
      name,
      new LambdaIntegration(handler, { scopePermissionToMethod: false }),
    ]),
  )
  for (const route of all) {
    const resource: IResource = route.path === '/' ? api.root : api.root.resourceForPath(route.path)
    const parameters = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => [`method.request.path.${name}`, true])
    const method: Method = resource.addMethod(route.method, integrations.get(route.function), {
      requestValidator: validator,
      requestParameters: Object.fromEntries(parameters),
      ...(route.role === 'public' ? {} : { authorizer, apiKeyRequired: plans }),
    })
    if (route.role === 'public') allowed(method, { 'AwsSolutions-APIG4': PUBLIC, 'AwsSolutions-COG4': PUBLIC })
    else
      allowed(method, {
        'AwsSolutions-COG4':
          "The pool's tokens are checked by a function of ours: groups and client count, not only the signature.",
      })
  }
}

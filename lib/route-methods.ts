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
import type { RegistryFunction } from './constructs/registry-function.ts'
import type { RegistryContext } from './context.ts'
import { suppressNag } from './nag-suppressions.ts'

/** The functions of each module. Without the module, they and their routes are left out. */
const modulesByFunction: Readonly<Record<string, keyof RegistryContext['modules']>> = {
  lookup: 'lookup',
  purchases: 'purchases',
}

/** The routes of the enabled modules. */
export function getRoutes({ modules: enabledModules }: Pick<RegistryContext, 'modules'>): Route[] {
  return Object.values<Route>(routes).filter(({ function: name }) => {
    const module = modulesByFunction[name]
    return module === undefined || enabledModules[module]
  })
}

export const apiKeySource = ApiKeySourceType.AUTHORIZER

/** The throttles of routes that have one, as a stage takes them. */
export function getThrottles(routes: readonly Route[]): Record<string, MethodDeploymentOptions> {
  const throttles = routes.flatMap(({ method, path, throttle }) =>
    throttle
      ? [[`${path}/${method}`, { throttlingRateLimit: throttle.rate, throttlingBurstLimit: throttle.burst }] as const]
      : [],
  )
  return Object.fromEntries(throttles)
}

interface RouteTargets {
  functions: ReadonlyMap<string, RegistryFunction>
  authorizer: RequestAuthorizer
  validator: RequestValidator
  /** Whether there are usage plans. */
  plans: boolean
}

const PUBLIC_REASON = 'Open to anyone, by the contract; the firewall and a throttle of its own limit it.'

/** Adds every route to the API. */
export function addRoutes(
  api: RestApi,
  routes: readonly Route[],
  { functions, authorizer, validator, plans }: RouteTargets,
): void {
  const integrations = new Map(
    [...functions].map(([name, { function: handler }]) => [
      name,
      new LambdaIntegration(handler, { scopePermissionToMethod: false }),
    ]),
  )
  for (const route of routes) {
    const resource: IResource = route.path === '/' ? api.root : api.root.resourceForPath(route.path)
    const parameters = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => [`method.request.path.${name}`, true])
    const method: Method = resource.addMethod(route.method, integrations.get(route.function), {
      requestValidator: validator,
      requestParameters: Object.fromEntries(parameters),
      ...(route.role === 'public' ? {} : { authorizer, apiKeyRequired: plans }),
    })
    if (route.role === 'public')
      suppressNag(method, { 'AwsSolutions-APIG4': PUBLIC_REASON, 'AwsSolutions-COG4': PUBLIC_REASON })
    else
      suppressNag(method, {
        'AwsSolutions-COG4':
          "The pool's tokens are checked by a function of ours: groups and client count, not only the signature.",
      })
  }
}

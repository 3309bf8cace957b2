import type { App, Environment } from 'aws-cdk-lib'
import { Tags } from 'aws-cdk-lib'
import type { Code } from 'aws-cdk-lib/aws-lambda'
import { ApiStack } from './api.ts'
import { onAws } from './constructs/surroundings.ts'
import { toldByPrimary } from './constructs/told-by-primary.ts'
import type { RegistryContext } from './context.ts'
import { KeyStack } from './keys.ts'
import { PARAMETERS, PREFIX } from './names.ts'
import { ObservabilityStack } from './observability.ts'
import { ProjectionsStack } from './projections.ts'
import { RegistryStack } from './registry.ts'
import { RetentionStack } from './retention.ts'
import { WebStack } from './web.ts'

interface Props {
  context: RegistryContext
  code: (name: string) => Code
  /** The folder of the built page; null: it was not built. */
  page: string | null
  /** The account, where it is known; else the stacks are made for whichever they are deployed to. */
  account: string | undefined
}

/**
 * All stacks, in the order in which they need one another:
 * 1. the key of each region, which has to be there before a replica of the table;
 * 2. the registry, once, in the primary region;
 * 3. the page, once;
 * 4. in each region projections, API, retention, observability.
 */
export function addStacks(app: App, { context, code, page, account }: Props): void {
  const [primary = ''] = context.regions
  const env = (region: string): Environment => ({ region, ...(account === undefined ? {} : { account }) })
  const propsOf = (region: string) => ({
    context,
    region,
    code,
    env: env(region),
    terminationProtection: onAws({ context }),
  })

  const keys = new Map(
    context.regions.map(region => [region, new KeyStack(app, `${PREFIX}-key-${region}`, propsOf(region))]),
  )
  const keyOf = (region: string) => {
    const stack = keys.get(region)
    if (stack === undefined) throw new RangeError(`${region} has no key`)
    return stack.key
  }
  const registry = new RegistryStack(app, `${PREFIX}-registry`, { ...propsOf(primary), key: keyOf(primary) })
  for (const stack of keys.values()) registry.addStackDependency(stack)
  const web =
    page !== null && context.modules.page && onAws({ context })
      ? new WebStack(app, `${PREFIX}-web`, { ...propsOf(primary), folder: page })
      : null

  for (const region of context.regions) {
    const own = { ...propsOf(region), key: keyOf(region) }
    const projections = new ProjectionsStack(app, `${PREFIX}-projections-${region}`, { ...own, registry })
    projections.addStackDependency(registry)
    if (web) projections.addStackDependency(web)
    const { location } = projections
    const pageHere =
      web === null
        ? null
        : region === primary
          ? web.origin
          : toldByPrimary(projections, 'Page', PARAMETERS.page, primary)
    const api = new ApiStack(app, `${PREFIX}-api-${region}`, { ...own, location, page: pageHere })
    const retention = new RetentionStack(app, `${PREFIX}-retention-${region}`, { ...own, location, url: api.api.url })
    const watched = { location, projections, api, retention }
    new ObservabilityStack(app, `${PREFIX}-observability-${region}`, { ...own, ...watched })
  }
  Tags.of(app).add('application', PREFIX)
}

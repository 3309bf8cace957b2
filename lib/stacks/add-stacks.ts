import type { App, Environment } from 'aws-cdk-lib'
import { Tags } from 'aws-cdk-lib'
import type { Code } from 'aws-cdk-lib/aws-lambda'
import type { RegistryContext } from '../context.ts'
import { readPrimaryParameter } from '../cross-region.ts'
import { PARAMETERS, PREFIX } from '../names.ts'
import { targetsAws } from '../region-context.ts'
import { ApiStack } from './api-stack.ts'
import { KeyStack } from './key-stack.ts'
import { ObservabilityStack } from './observability-stack.ts'
import { PageConfigurationStack } from './page-configuration-stack.ts'
import { ProjectionsStack } from './projections-stack.ts'
import { RegistryStack } from './registry-stack.ts'
import { SchedulesStack } from './schedules-stack.ts'
import { WebStack } from './web-stack.ts'

interface Props {
  context: RegistryContext
  code: (name: string) => Code
  /** The folder of the built web page; null if it was not built. */
  pageFolder: string | null
  /** The account, if known; otherwise the stacks are account-agnostic. */
  account: string | undefined
}

/**
 * Defines all stacks, in the order of their dependencies:
 * 1. the key of each region, which must exist before a replica of the table;
 * 2. the registry, once, in the primary region;
 * 3. the page, once;
 * 4. in each region projections, API, retention, observability;
 * 5. what the page must know of them.
 */
export function addStacks(app: App, { context, code, pageFolder, account }: Props): void {
  const [primary = ''] = context.regions
  const env = (region: string): Environment => ({ region, ...(account === undefined ? {} : { account }) })
  const getProps = (region: string) => ({
    context,
    region,
    code,
    env: env(region),
    terminationProtection: targetsAws({ context }),
  })

  const keyStacks = new Map(
    context.regions.map(region => [region, new KeyStack(app, `${PREFIX}-key-${region}`, getProps(region))]),
  )
  const getKey = (region: string) => {
    const stack = keyStacks.get(region)
    if (stack === undefined) throw new RangeError(`${region} has no key`)
    return stack.key
  }
  const registry = new RegistryStack(app, `${PREFIX}-registry`, { ...getProps(primary), key: getKey(primary) })
  for (const stack of keyStacks.values()) registry.addStackDependency(stack)
  const web =
    pageFolder !== null && context.modules.page && targetsAws({ context })
      ? new WebStack(app, `${PREFIX}-web`, { ...getProps(primary), folder: pageFolder, userPool: registry.userPool })
      : null

  for (const region of context.regions) {
    const regionProps = { ...getProps(region), key: getKey(region) }
    const projections = new ProjectionsStack(app, `${PREFIX}-projections-${region}`, { ...regionProps, registry, web })
    projections.addStackDependency(registry)
    if (web) projections.addStackDependency(web)
    const { location } = projections
    const pageOrigin =
      web === null
        ? null
        : region === primary
          ? web.origin
          : readPrimaryParameter(projections, 'Page', PARAMETERS.page, primary)
    const api = new ApiStack(app, `${PREFIX}-api-${region}`, { ...regionProps, location, pageOrigin: pageOrigin })
    if (web && region === primary)
      new PageConfigurationStack(app, `${PREFIX}-page-configuration`, { ...getProps(primary), web, api: api.url })
    const schedules = new SchedulesStack(app, `${PREFIX}-retention-${region}`, {
      ...regionProps,
      location,
      url: api.api.url,
    })
    const monitored = { location, projections, api, schedules }
    new ObservabilityStack(app, `${PREFIX}-observability-${region}`, { ...regionProps, ...monitored })
  }
  Tags.of(app).add('application', PREFIX)
}

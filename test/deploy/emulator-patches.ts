/**
 * Settings of the templates that MiniStack's CloudFormation ignores, and variables that its functions need instead of AWS. All of them
 * are set here by the services' own clients, so that it is clear what a successful run does not test of the templates.
 */
import { APIGateway, type PatchOperation } from '@aws-sdk/client-api-gateway'
import { DynamoDB } from '@aws-sdk/client-dynamodb'
import { Lambda } from '@aws-sdk/client-lambda'
import { Scheduler } from '@aws-sdk/client-scheduler'
import { SSM } from '@aws-sdk/client-ssm'
import aws4 from 'aws4'
import { functionSpecs } from '#contract/functions.ts'
import { viewsTable } from '#contract/tables.ts'
import type { RegistryContext } from '#lib/context.ts'
import { PARAMETERS, PREFIX, STAGE, TABLES } from '#lib/names.ts'
import { getRoutes, getThrottles } from '#lib/route-methods.ts'
import { CREDENTIALS, type Emulator } from './emulator.ts'

/** A failed response has no further details. */
async function assertAccepted(description: string, response: Promise<Response>): Promise<void> {
  const { ok, status } = await response
  if (!ok) throw new Error(`${description}: ${status}`)
}

/** Deletes the policy of the CDK's asset bucket, which refuses requests without TLS: the emulator only supports HTTP. */
export async function openAssets(emulator: Emulator, regions: readonly string[]): Promise<void> {
  for (const region of regions) {
    const path = `/cdk-hnb659fds-assets-000000000000-${region}?policy`
    const request = {
      service: 's3',
      region,
      host: new URL(emulator.url).host,
      method: 'DELETE',
      path,
      headers: {},
      body: '',
    }
    const { headers } = aws4.sign(request, { ...CREDENTIALS, sessionToken: undefined })
    await assertAccepted(
      `the policy of the assets in ${region}`,
      fetch(emulator.url + path, { method: 'DELETE', headers }),
    )
  }
}

/** Creates the replicas of the global table, before the regional stacks read their streams. */
export async function addReplicas(emulator: Emulator, [primary = '', ...others]: readonly string[]): Promise<void> {
  const tables = new DynamoDB(emulator.at(primary))
  for (const RegionName of others)
    await tables.updateTable({ TableName: TABLES.registry, ReplicaUpdates: [{ Create: { RegionName } }] })
}

/** Sets the time to live as in the template. */
async function addTimeToLive(emulator: Emulator, region: string): Promise<void> {
  await new DynamoDB(emulator.at(region)).updateTimeToLive({
    TableName: TABLES.views,
    TimeToLiveSpecification: { Enabled: true, AttributeName: viewsTable.timeToLive },
  })
}

/** Sets the throttles of individual methods. */
async function addThrottles(emulator: Emulator, region: string, api: string, context: RegistryContext): Promise<void> {
  const throttles = Object.entries(getThrottles(getRoutes(context)))
  const patchOperations = throttles.flatMap(
    ([name, { throttlingRateLimit, throttlingBurstLimit }]): PatchOperation[] => {
      const [, path = '', method = ''] = /^(.*)\/([A-Z]+)$/.exec(name) ?? []
      const pathPrefix = `/${path.replaceAll('/', '~1')}/${method}/throttling`
      return [
        { op: 'replace', path: `${pathPrefix}/rateLimit`, value: String(throttlingRateLimit) },
        { op: 'replace', path: `${pathPrefix}/burstLimit`, value: String(throttlingBurstLimit) },
      ]
    },
  )
  await new APIGateway(emulator.at(region)).updateStage({ restApiId: api, stageName: STAGE, patchOperations })
}

/** Sets variables of a function in addition to its template. */
async function updateVariables(
  emulator: Emulator,
  region: string,
  name: string,
  variables: Record<string, string>,
): Promise<void> {
  const functions = new Lambda(emulator.at(region))
  const FunctionName = `${PREFIX}-${name}`
  const { Environment } = await functions.getFunctionConfiguration({ FunctionName })
  await functions.updateFunctionConfiguration({
    FunctionName,
    Environment: { Variables: { ...Environment?.Variables, ...variables } },
  })
}

/** Reads a parameter of the primary region. */
export async function readParameter(
  emulator: Emulator,
  primary: string,
  name: keyof typeof PARAMETERS,
): Promise<string> {
  const { Parameter } = await new SSM(emulator.at(primary)).getParameter({ Name: PARAMETERS[name] })
  return Parameter?.Value ?? ''
}

/** Replaces Cognito's public endpoints, which are unreachable here: functions get the pool's keys or the emulator's address. */
async function configureCognito(emulator: Emulator, region: string, primary: string): Promise<void> {
  const pool = await readParameter(emulator, primary, 'userPool')
  const TOKEN_JWKS = await (await fetch(`${emulator.url}/${pool}/.well-known/jwks.json`)).text()
  for (const [name, { trigger, login }] of functionSpecs)
    if (trigger === 'authorizer' || login)
      await updateVariables(emulator, region, name, {
        TOKEN_JWKS,
        ...(login ? { TOKEN_LOGIN: `${emulator.url}/` } : {}),
      })
}

/** Applies every patch to the regional stacks. @param apis API ids by region */
export async function applyEmulatorPatches(
  emulator: Emulator,
  context: RegistryContext,
  apis: ReadonlyMap<string, string>,
): Promise<void> {
  const [primary = ''] = context.regions
  for (const [region, api] of apis) {
    await addTimeToLive(emulator, region)
    await addThrottles(emulator, region, api, context)
    await configureCognito(emulator, region, primary)
  }
}

/** Makes a day of retention last one second, and runs the purge every minute, the shortest schedule. */
export async function speedUpPurge(emulator: Emulator, regions: readonly string[]): Promise<void> {
  for (const region of regions) {
    await updateVariables(emulator, region, 'purge', { REGISTRY_DAY_SECONDS: '1', REGISTRY_PURGE_WAIT: '0' })
    const schedules = new Scheduler(emulator.at(region))
    const scheduleName = { GroupName: PREFIX, Name: 'purge' }
    const { FlexibleTimeWindow, Target } = await schedules.getSchedule(scheduleName)
    const ScheduleExpression = 'rate(1 minute)'
    await schedules.updateSchedule({ ...scheduleName, FlexibleTimeWindow, Target, ScheduleExpression })
  }
}

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { App } from 'aws-cdk-lib'
import { Code } from 'aws-cdk-lib/aws-lambda'
import * as z from 'zod'
import { readContext } from '#lib/context.ts'
import { NAMESPACE } from '#lib/names.ts'
import { addStacks } from '#lib/stacks/add-stacks.ts'
import type { Load } from './options.ts'

/** The regions do not matter: the stacks are the same in all. */
const REGIONS = ['us-east-1', 'us-west-2', 'eu-west-1', 'eu-central-1', 'ap-southeast-2']
/** API Gateway's metrics per method: Count, 4XXError, 5XXError, Latency, IntegrationLatency. */
const OF_METHOD = 5

/** Resources that are billed by time, of all regions together. */
export interface Resources {
  firewalls: number
  rules: number
  keys: number
  secrets: number
  metrics: number
  alarms: number
  dashboards: number
  /** How often each scheduled function starts per hour, at all locations together. */
  schedules: Record<string, number>
  /** Nodes by type, and the size of their disks in GB. */
  nodes: Record<string, number>
  volumes: number
}

const resource = z.object({ Type: z.string(), Properties: z.looseObject({}).default({}) })
const template = z.object({ Resources: z.record(z.string(), resource).default({}) })
type Resource = z.infer<typeof resource> & { stack: string }

const list = z.array(z.unknown()).default([])
const dimension = z.object({ Name: z.string(), Value: z.unknown() })
const metric = z.object({ Namespace: z.string(), MetricName: z.string(), Dimensions: z.array(dimension).default([]) })
const alarm = z.object({
  Metrics: z.array(z.looseObject({ MetricStat: z.object({ Metric: metric }).optional() })).optional(),
})
const filter = z.object({
  MetricTransformations: z.array(z.object({ MetricNamespace: z.string(), MetricName: z.string() })),
})
const firewall = z.object({ Rules: list })
const secret = z.object({ ReplicaRegions: list })
const schedule = z.object({ Name: z.string(), ScheduleExpression: z.string() })
const stage = z.object({
  MethodSettings: z.array(z.object({ MetricsEnabled: z.boolean().default(false) })).default([]),
})
const domain = z.object({
  ClusterConfig: z.object({
    InstanceCount: z.number(),
    InstanceType: z.string(),
    DedicatedMasterCount: z.number().default(0),
    DedicatedMasterType: z.string().default(''),
  }),
  EBSOptions: z.object({ VolumeSize: z.number() }),
})

function synthesised({ locations, search, 'log-days': logDays }: Load): Resource[] {
  const outdir = mkdtempSync(join(tmpdir(), 'cost-'))
  try {
    const app = new App({ outdir, context: { 'aws:cdk:bundling-stacks': [] } })
    const code = () => Code.fromInline('export const handler = async () => undefined')
    const context = readContext({
      regions: REGIONS.slice(0, locations),
      search: search === 'none' ? { kind: 'none' } : { kind: 'managed', form: search },
      logDays,
    })
    addStacks(app, { context, code, pageFolder: null, account: undefined })
    return app
      .synth()
      .stacks.flatMap(({ stackName, template: content }) =>
        Object.values(template.parse(content).Resources).map(resource => ({ ...resource, stack: stackName })),
      )
  } finally {
    rmSync(outdir, { recursive: true })
  }
}

/** Starts per hour of an expression such as `rate(5 minutes)`. */
const perHour = (expression: string): number => 60 / Number(/^rate\((\d+) minutes?\)$/.exec(expression)?.[1])

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

/** The resources of a load's stacks, counted in their templates. */
export function toResources(load: Load): Resources {
  const all = synthesised(load)
  const of = <T>(type: string, schema: z.ZodType<T>): T[] =>
    all.filter(({ Type }) => Type === type).map(({ Properties }) => schema.parse(Properties))
  const firewalls = of('AWS::WAFv2::WebACL', firewall)
  const domains = of('AWS::OpenSearchService::Domain', domain)
  const schedules = of('AWS::Scheduler::Schedule', schedule)
  const nodes = domains.flatMap(({ ClusterConfig: cluster }): [string, number][] => [
    [cluster.InstanceType, cluster.InstanceCount],
    [cluster.DedicatedMasterType, cluster.DedicatedMasterCount],
  ])
  const alarms = of('AWS::CloudWatch::Alarm', alarm).map(({ Metrics }) =>
    Metrics === undefined ? 1 : Metrics.filter(({ MetricStat }) => MetricStat !== undefined).length,
  )
  return {
    firewalls: firewalls.length,
    rules: sum(firewalls.map(({ Rules }) => Rules.length)),
    keys: all.filter(({ Type }) => Type === 'AWS::KMS::Key').length,
    secrets: sum(of('AWS::SecretsManager::Secret', secret).map(({ ReplicaRegions }) => 1 + ReplicaRegions.length)),
    metrics: ownMetrics(all) + methodMetrics(all),
    alarms: sum(alarms),
    dashboards: all.filter(({ Type }) => Type === 'AWS::CloudWatch::Dashboard').length,
    schedules: grouped(schedules.map(({ Name, ScheduleExpression }) => [Name, perHour(ScheduleExpression)])),
    nodes: grouped(nodes.filter(([, count]) => count > 0)),
    volumes: sum(domains.map(({ ClusterConfig, EBSOptions }) => ClusterConfig.InstanceCount * EBSOptions.VolumeSize)),
  }
}

const grouped = (pairs: readonly (readonly [string, number])[]): Record<string, number> =>
  Object.fromEntries(
    [...Map.groupBy(pairs, ([name]) => name)].map(([name, entries]) => [name, sum(entries.map(([, count]) => count))]),
  )

/** Custom metrics by their dimensions: those that alarms use, and those of log filters. */
function ownMetrics(all: readonly Resource[]): number {
  const ofAlarms = all
    .filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm')
    .flatMap(({ stack, Properties }) => {
      const parsed = metric.safeParse(Properties)
      const ownMetric = parsed.success && parsed.data.Namespace === NAMESPACE ? parsed.data : null
      return ownMetric ? [JSON.stringify([stack, ownMetric.MetricName, ownMetric.Dimensions])] : []
    })
  const ofFilters = all
    .filter(({ Type }) => Type === 'AWS::Logs::MetricFilter')
    .flatMap(({ stack, Properties }) =>
      filter.parse(Properties).MetricTransformations.map(({ MetricName }) => JSON.stringify([stack, MetricName])),
    )
  return new Set([...ofAlarms, ...ofFilters]).size
}

/** Metrics per method, of APIs that have them enabled. */
function methodMetrics(all: readonly Resource[]): number {
  const detailed = all
    .filter(({ Type }) => Type === 'AWS::ApiGateway::Stage')
    .filter(({ Properties }) => stage.parse(Properties).MethodSettings.some(({ MetricsEnabled }) => MetricsEnabled))
    .map(({ stack }) => stack)
  const methods = all.filter(({ Type, stack }) => Type === 'AWS::ApiGateway::Method' && detailed.includes(stack))
  return methods.length * OF_METHOD
}

import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
  MathExpression,
  Stats,
} from 'aws-cdk-lib/aws-cloudwatch'
import type { Construct } from 'constructs'
import type { Location } from '../location.ts'
import { PREFIX, TABLES } from '../names.ts'
import type { ApiStack } from '../stacks/api-stack.ts'
import type { ProjectionsStack } from '../stacks/projections-stack.ts'
import type { SchedulesStack } from '../stacks/schedules-stack.ts'
import {
  apiMetric,
  canaryMetric,
  firewallMetric,
  type LogMetricName,
  locationMetric,
  remoteLocationMetric,
  searchDomainMetric,
  tableMetric,
} from './metrics.ts'

/** What of a region is monitored. */
export interface MonitoredRegion {
  location: Location
  projections: ProjectionsStack
  api: ApiStack
  schedules: SchedulesStack
}

const createGraph = (title: string, left: IMetric[], unit?: string): IWidget =>
  new GraphWidget({
    title,
    left,
    width: 8,
    height: 6,
    ...(unit === undefined ? {} : { leftYAxis: { label: unit, min: 0 } }),
  })

/** Two dashboards: activity on the list, for the provider; and the state of the system, for its operators. */
export function addDashboards(
  scope: Construct,
  monitored: MonitoredRegion,
  logMetrics: ReadonlyMap<string, IMetric>,
  alarms: readonly Alarm[],
): void {
  new Dashboard(scope, 'Registry', {
    dashboardName: `${PREFIX}-registry-${monitored.location.region}`,
    widgets: registryWidgets(monitored, logMetrics),
  })
  new Dashboard(scope, 'Operations', {
    dashboardName: `${PREFIX}-operations-${monitored.location.region}`,
    widgets: operationsWidgets(monitored, alarms),
  })
}

function registryWidgets({ location }: MonitoredRegion, logMetrics: ReadonlyMap<string, IMetric>): IWidget[][] {
  const { region, context } = location
  const getMetrics = (...names: LogMetricName[]) => names.flatMap(name => logMetrics.get(name) ?? [])
  const otherRegions = context.regions.filter(name => name !== region)
  return [
    [
      createGraph('Customers', getMetrics('Created', 'Changed', 'Deleted')),
      createGraph('Lookups by the public', getMetrics('Lookups')),
      createGraph('Searches and matches', getMetrics('Searches', 'Matches')),
    ],
    [
      createGraph('Batches', getMetrics('Batches')),
      createGraph('Duplicates decided', getMetrics('Merges')),
      createGraph('In conflict', [locationMetric('Conflicts', region)]),
    ],
    [
      createGraph(
        'Other locations are heard of',
        otherRegions.map(from => remoteLocationMetric('LocationUp', region, from).with({ label: from })),
      ),
      createGraph('The purge', getMetrics('Expired', 'Marked', 'Removed')),
      createGraph('Changes that came from elsewhere', [
        tableMetric('ReplicationLatency', TABLES.registry, { ReceivingRegion: region }),
      ]),
    ],
  ]
}

function operationsWidgets(
  { location, projections, api, schedules }: MonitoredRegion,
  alarms: readonly Alarm[],
): IWidget[][] {
  const { region, context, domain } = location
  const functions = [...api.functions, ...projections.readers, ...schedules.functions]
  const otherRegions = context.regions.filter(name => name !== region)
  const capacityMetrics = (operation: 'Read' | 'Write') =>
    [TABLES.registry, TABLES.views].map(table =>
      tableMetric(`Consumed${operation}CapacityUnits`, table).with({ label: table }),
    )
  return [
    [new AlarmStatusWidget({ title: 'Alarms', alarms: [...alarms], width: 24, height: 5 })],
    [
      createGraph('Requests', [apiMetric('Count', Stats.SUM)]),
      createGraph(
        'Latency',
        [apiMetric('Latency', 'p50').with({ label: 'p50' }), apiMetric('Latency', 'p99').with({ label: 'p99' })],
        'ms',
      ),
      createGraph('Refused and failed', [
        apiMetric('4XXError', Stats.SUM).with({ label: '4xx' }),
        apiMetric('5XXError', Stats.SUM).with({ label: '5xx' }),
      ]),
    ],
    [
      createGraph(
        'Errors by function',
        functions.map(({ function: it, name }) => it.metricErrors({ label: name })),
      ),
      createGraph(
        'Throttles by function',
        functions.map(({ function: it, name }) => it.metricThrottles({ label: name })),
      ),
      createGraph(
        'Time by function, p99',
        functions.map(({ function: it, name }) => it.metricDuration({ label: name, statistic: 'p99' })),
        'ms',
      ),
    ],
    [
      createGraph(
        'Age of what streams bring',
        projections.readers.map(({ function: it, name }) =>
          it.metric('IteratorAge', { statistic: Stats.MAXIMUM, label: name }),
        ),
        'ms',
      ),
      createGraph(
        'Given up',
        [...projections.streamReaders, schedules].map(({ failures }) =>
          failures.metricApproximateNumberOfMessagesVisible(),
        ),
      ),
      createGraph('The index is behind by', [locationMetric('IndexLag', region)], 'ms'),
    ],
    [
      createGraph(
        'Replication takes',
        otherRegions.map(from => remoteLocationMetric('ReplicationLag', region, from).with({ label: from })),
        'ms',
      ),
      createGraph('Index and list differ in', [locationMetric('Drift', region)]),
      createGraph('Blocked by the firewall', api.firewall ? [firewallMetric(region)] : []),
    ],
    [
      createGraph('Cost: request units read', capacityMetrics('Read')),
      createGraph('Cost: request units written', [
        ...capacityMetrics('Write'),
        tableMetric('ReplicatedWriteCapacityUnits', TABLES.registry),
      ]),
      createGraph('Cost: function time, GB seconds', [gigabyteSecondsMetric(functions)]),
    ],
    [
      createGraph(
        'The canary takes, by step',
        ['login', 'create', 'find', 'lookup', 'erase'].map(step => canaryMetric(step, region)),
        'ms',
      ),
      createGraph('The canary failed', [locationMetric('CanaryFailed', region)]),
    ],
    ...(domain === null
      ? []
      : [
          [
            createGraph(
              'Search: processor',
              [searchDomainMetric('CPUUtilization', domain.domainName, domain.env.account, 'p90')],
              '%',
            ),
            createGraph(
              'Search: memory',
              [searchDomainMetric('JVMMemoryPressure', domain.domainName, domain.env.account, 'Maximum')],
              '%',
            ),
            createGraph(
              'Search: room left',
              [searchDomainMetric('FreeStorageSpace', domain.domainName, domain.env.account, 'Minimum')],
              'MB',
            ),
          ],
        ]),
  ]
}

function gigabyteSecondsMetric(functions: MonitoredRegion['api']['functions']): IMetric {
  const parts = functions.map(({ function: it, name, memory }) => ({
    id: `d${name}`,
    metric: it.metricDuration({ statistic: Stats.SUM }),
    factor: memory / 1024 / 1000,
  }))
  return new MathExpression({
    expression: parts.map(({ id, factor }) => `${id} * ${factor}`).join(' + '),
    usingMetrics: Object.fromEntries(parts.map(({ id, metric }) => [id, metric])),
    label: 'GB s',
  })
}

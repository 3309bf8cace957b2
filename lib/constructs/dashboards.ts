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
import { PREFIX, TABLES } from '../names.ts'
import { type Counted, ofApi, ofCanary, ofFirewall, ofLocation, ofOther, ofSearchDomain, ofTable } from './metrics.ts'
import type { Watched } from './watched.ts'

const graph = (title: string, left: IMetric[], unit?: string): IWidget =>
  new GraphWidget({
    title,
    left,
    width: 8,
    height: 6,
    ...(unit === undefined ? {} : { leftYAxis: { label: unit, min: 0 } }),
  })

/** Two boards: what happens with the list, for the provider; how the machine is that does it, for who keeps it running. */
export function addDashboards(
  scope: Construct,
  watched: Watched,
  counted: ReadonlyMap<string, IMetric>,
  alarms: readonly Alarm[],
): void {
  new Dashboard(scope, 'Registry', {
    dashboardName: `${PREFIX}-registry-${watched.location.region}`,
    widgets: registryBoard(watched, counted),
  })
  new Dashboard(scope, 'Machine', {
    dashboardName: `${PREFIX}-machine-${watched.location.region}`,
    widgets: machineBoard(watched, alarms),
  })
}

function registryBoard({ location }: Watched, counted: ReadonlyMap<string, IMetric>): IWidget[][] {
  const { region, context } = location
  const of = (...names: Counted[]) => names.flatMap(name => counted.get(name) ?? [])
  const others = context.regions.filter(one => one !== region)
  return [
    [
      graph('Customers', of('Created', 'Changed', 'Deleted')),
      graph('Lookups by the public', of('Lookups')),
      graph('Searches and matches', of('Searches', 'Matches')),
    ],
    [
      graph('Batches', of('Batches')),
      graph('Duplicates decided', of('Merges')),
      graph('In conflict', [ofLocation('Conflicts', region)]),
    ],
    [
      graph(
        'Other locations are heard of',
        others.map(from => ofOther('LocationUp', region, from).with({ label: from })),
      ),
      graph('The purge', of('Expired', 'Marked', 'Removed')),
      graph('Changes that came from elsewhere', [
        ofTable('ReplicationLatency', TABLES.registry, { ReceivingRegion: region }),
      ]),
    ],
  ]
}

function machineBoard({ location, projections, api, retention }: Watched, alarms: readonly Alarm[]): IWidget[][] {
  const { region, context, domain } = location
  const functions = [...api.functions, ...projections.readers, ...retention.functions]
  const others = context.regions.filter(one => one !== region)
  const units = (what: 'Read' | 'Write') =>
    [TABLES.registry, TABLES.views].map(table => ofTable(`Consumed${what}CapacityUnits`, table).with({ label: table }))
  return [
    [new AlarmStatusWidget({ title: 'Alarms', alarms: [...alarms], width: 24, height: 5 })],
    [
      graph('Requests', [ofApi('Count', Stats.SUM)]),
      graph(
        'Latency',
        [ofApi('Latency', 'p50').with({ label: 'p50' }), ofApi('Latency', 'p99').with({ label: 'p99' })],
        'ms',
      ),
      graph('Refused and failed', [
        ofApi('4XXError', Stats.SUM).with({ label: '4xx' }),
        ofApi('5XXError', Stats.SUM).with({ label: '5xx' }),
      ]),
    ],
    [
      graph(
        'Errors by function',
        functions.map(({ function: it, name }) => it.metricErrors({ label: name })),
      ),
      graph(
        'Throttles by function',
        functions.map(({ function: it, name }) => it.metricThrottles({ label: name })),
      ),
      graph(
        'Time by function, p99',
        functions.map(({ function: it, name }) => it.metricDuration({ label: name, statistic: 'p99' })),
        'ms',
      ),
    ],
    [
      graph(
        'Age of what streams bring',
        projections.readers.map(({ function: it, name }) =>
          it.metric('IteratorAge', { statistic: Stats.MAXIMUM, label: name }),
        ),
        'ms',
      ),
      graph(
        'Given up',
        [...projections.streams, retention].map(({ failures }) => failures.metricApproximateNumberOfMessagesVisible()),
      ),
      graph('The index is behind by', [ofLocation('IndexLag', region)], 'ms'),
    ],
    [
      graph(
        'Replication takes',
        others.map(from => ofOther('ReplicationLag', region, from).with({ label: from })),
        'ms',
      ),
      graph('Index and list differ in', [ofLocation('Drift', region)]),
      graph('Blocked by the firewall', api.firewall ? [ofFirewall(region)] : []),
    ],
    [
      graph('Cost: request units read', units('Read')),
      graph('Cost: request units written', [
        ...units('Write'),
        ofTable('ReplicatedWriteCapacityUnits', TABLES.registry),
      ]),
      graph('Cost: function time, GB seconds', [gigabyteSeconds(functions)]),
    ],
    [
      graph(
        'The canary takes, by step',
        ['login', 'create', 'find', 'lookup', 'erase'].map(step => ofCanary(step, region)),
        'ms',
      ),
      graph('The canary failed', [ofLocation('CanaryFailed', region)]),
    ],
    ...(domain === null
      ? []
      : [
          [
            graph(
              'Search: processor',
              [ofSearchDomain('CPUUtilization', domain.domainName, domain.env.account, 'p90')],
              '%',
            ),
            graph(
              'Search: memory',
              [ofSearchDomain('JVMMemoryPressure', domain.domainName, domain.env.account, 'Maximum')],
              '%',
            ),
            graph(
              'Search: room left',
              [ofSearchDomain('FreeStorageSpace', domain.domainName, domain.env.account, 'Minimum')],
              'MB',
            ),
          ],
        ]),
  ]
}

function gigabyteSeconds(functions: Watched['api']['functions']): IMetric {
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

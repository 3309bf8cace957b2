import { Duration, Stack, type StackProps } from 'aws-cdk-lib'
import { MathExpression, Stats } from 'aws-cdk-lib/aws-cloudwatch'
import { QueryDefinition, QueryString } from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'
import { Alarms } from '../constructs/alarms.ts'
import { addDashboards, type MonitoredRegion } from '../monitoring/dashboards.ts'
import {
  addLogMetrics,
  apiMetric,
  firewallMetric,
  functionsMetric,
  locationMetric,
  remoteLocationMetric,
  searchDomainMetric,
  tableMetric,
} from '../monitoring/metrics.ts'
import { PREFIX, TABLES } from '../names.ts'
import { targetsAws } from '../region-context.ts'

const MINUTE_MS = 60_000

/** Observability of a region: two dashboards, the alarms and the saved log queries. */
export class ObservabilityStack extends Stack {
  readonly alarms: Alarms

  constructor(
    scope: Construct,
    id: string,
    { location, projections, api, schedules, ...props }: StackProps & MonitoredRegion,
  ) {
    super(scope, id, { ...props, description: 'Customer registry: dashboards, alarms, saved queries' })
    const monitored: MonitoredRegion = { location, projections, api, schedules: schedules }
    this.alarms = new Alarms(this, 'Alarms', { key: location.key, email: location.context.alarmEmail })
    this.#addApiAlarms(monitored)
    this.#addProjectionAlarms(monitored)
    this.#addLocationAlarms(monitored)
    addDashboards(this, monitored, addLogMetrics([...api.functions, ...schedules.functions]), this.alarms.all)
    // Emulators do not support saved queries.
    if (targetsAws(location)) this.#addSavedQueries(monitored)
  }

  #addApiAlarms({ location, api }: MonitoredRegion): void {
    const { alarms } = this
    alarms.add('server-errors', {
      metric: apiMetric('5XXError', Stats.SUM),
      threshold: 5,
      description: 'Five or more requests in five minutes failed with a 5xx response.',
    })
    alarms.add('latency', {
      metric: apiMetric('Latency', 'p99'),
      threshold: 3000,
      periods: 3,
      description: 'One request in a hundred took three seconds or more, for 15 minutes.',
    })
    alarms.add('throttled-functions', {
      // For all functions of the region together, because they share the quota. An alarm sums up at most ten metrics.
      metric: functionsMetric('Throttles'),
      threshold: 1,
      description: 'Lambda refused to start a function: the concurrency quota of the account is exhausted.',
    })
    // Emulators do not support alarms on several metrics.
    if (targetsAws(location))
      alarms.add('throttled-tables', {
        metric: new MathExpression({
          expression: 'a + b + c + d',
          usingMetrics: {
            a: tableMetric('ReadThrottleEvents', TABLES.registry),
            b: tableMetric('WriteThrottleEvents', TABLES.registry),
            c: tableMetric('ReadThrottleEvents', TABLES.views),
            d: tableMetric('WriteThrottleEvents', TABLES.views),
          },
          label: 'throttled',
        }),
        threshold: 10,
        periods: 2,
        description: 'DynamoDB throttles requests.',
      })
    if (api.firewall)
      alarms.add('blocked-requests', {
        metric: firewallMetric(location.region),
        threshold: 500,
        description: 'The firewall blocks many requests: an attack, or a rule that blocks legitimate callers.',
      })
  }

  #addProjectionAlarms({ projections, schedules, location }: MonitoredRegion): void {
    const { alarms } = this
    for (const { name, function: reader } of projections.readers)
      alarms.add('lag', {
        subject: name,
        metric: reader.metric('IteratorAge', { statistic: Stats.MAXIMUM }),
        threshold: 5 * MINUTE_MS,
        periods: 2,
        description: `${name} is five minutes or more behind its stream.`,
      })
    for (const [n, { failures }] of projections.streamReaders.entries())
      alarms.add('dead-letters', {
        subject: projections.readers[n]?.name ?? String(n),
        metric: failures.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM }),
        threshold: 1,
        description: 'A stream reader gave up on records: the views or index entries made from them are missing.',
      })
    alarms.add('missed-schedule', {
      metric: schedules.failures.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM }),
      threshold: 1,
      description: 'EventBridge Scheduler could not start a function.',
    })
    for (const { name, function: scheduled } of schedules.functions)
      alarms.add('scheduled-errors', {
        subject: name,
        metric: scheduled.metricErrors({ statistic: Stats.SUM }),
        threshold: 3,
        description: `The scheduled function ${name} fails.`,
      })
    const domain = location.domain
    if (domain === null) return
    const domainMetric = (name: string, statistic: string) =>
      searchDomainMetric(name, domain.domainName, this.account, statistic)
    alarms.add('search-red', {
      metric: domainMetric('ClusterStatus.red', Stats.MAXIMUM),
      threshold: 1,
      description: 'A part of the search index is missing.',
    })
    alarms.add('search-full', {
      metric: domainMetric('FreeStorageSpace', Stats.MINIMUM),
      threshold: 2048,
      isLowerBound: true,
      description: 'The search domain has less than 2 GB of free storage.',
    })
    alarms.add('search-memory', {
      metric: domainMetric('JVMMemoryPressure', Stats.MAXIMUM),
      threshold: 90,
      periods: 3,
      description: 'The search domain is short of memory.',
    })
  }

  #addLocationAlarms({ location }: MonitoredRegion): void {
    const { region, context } = location
    const { alarms } = this
    alarms.add('lag', {
      subject: 'index',
      metric: locationMetric('IndexLag', region),
      threshold: 2 * MINUTE_MS,
      periods: 2,
      missingData: 'breaching',
      description: 'The search index is two minutes or more behind the list, or no measurement arrives.',
    })
    alarms.add('canary', {
      // Everything that ran within half an hour failed: two runs, or one that was late.
      metric: locationMetric('CanaryFailed', region).with({ period: Duration.minutes(30), statistic: Stats.MINIMUM }),
      threshold: 1,
      missingData: 'breaching',
      description: 'The canary fails or is not running.',
    })
    alarms.add('drift', {
      metric: locationMetric('Drift', region),
      threshold: 1,
      description: 'The search index differs from the list.',
    })
    alarms.add('conflicts', {
      metric: locationMetric('Conflicts', region),
      threshold: 50,
      periods: 12,
      description: 'Many customers wait for the provider to decide which of two concurrent changes holds.',
    })
    for (const source of context.regions.filter(name => name !== region)) {
      alarms.add('lag', {
        subject: `from-${source}`,
        metric: remoteLocationMetric('ReplicationLag', region, source),
        threshold: MINUTE_MS,
        periods: 2,
        description: `Writes in ${source} take a minute or more to arrive here.`,
      })
      alarms.add('unreachable', {
        subject: source,
        metric: remoteLocationMetric('LocationUp', region, source),
        threshold: 1,
        isLowerBound: true,
        periods: 2,
        missingData: 'breaching',
        description: `No heartbeat arrives from ${source}.`,
      })
    }
  }

  #addSavedQueries({ api, projections, schedules }: MonitoredRegion): void {
    const functions = [...api.functions, ...projections.readers, ...schedules.functions]
    const logGroups = functions.map(({ logs }) => logs)
    const addQuery = (name: string, query: ConstructorParameters<typeof QueryString>[0]) =>
      new QueryDefinition(this, name, {
        queryDefinitionName: `${PREFIX}/${name}`,
        queryString: new QueryString(query),
        logGroups,
      })
    addQuery('failures', {
      fields: ['@timestamp', 'resource', 'method', 'request_id', 'error.name', 'error.stack.0'],
      filterStatements: ['level = "ERROR"'],
      sort: '@timestamp desc',
      limit: 200,
    })
    addQuery('what-costs', {
      statsStatements: ['sum(wru_base + wru_index) as written, sum(rru) as read, count(*) as requests by operation'],
      filterStatements: ['message = "answered"'],
      sort: 'written desc',
    })
    addQuery('who-does-what', {
      statsStatements: ['count(*) as requests by actor, operation, status'],
      filterStatements: ['message = "answered"'],
      sort: 'requests desc',
    })
    addQuery('cold-starts', {
      statsStatements: ['count(*) as starts, pct(@initDuration, 50) as p50, pct(@initDuration, 99) as p99 by @log'],
      filterStatements: ['@type = "REPORT" and ispresent(@initDuration)'],
    })
    addQuery('one-request', {
      fields: ['@timestamp', '@log', '@message'],
      filterStatements: ['request_id = "PUT THE ID HERE"'],
      sort: '@timestamp asc',
    })
  }
}

import { Duration, Stack, type StackProps } from 'aws-cdk-lib'
import { MathExpression, Stats } from 'aws-cdk-lib/aws-cloudwatch'
import { QueryDefinition, QueryString } from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'
import { Alarms } from './constructs/alarms.ts'
import { addDashboards } from './constructs/dashboards.ts'
import {
  countedFrom,
  ofApi,
  ofFirewall,
  ofFunctions,
  ofLocation,
  ofOther,
  ofSearchDomain,
  ofTable,
} from './constructs/metrics.ts'
import { onAws } from './constructs/surroundings.ts'
import type { Watched } from './constructs/watched.ts'
import { PREFIX, TABLES } from './names.ts'

const MINUTE_MS = 60_000

/** What is seen of a region from outside: two dashboards, an alarm for each thing that must not be, the questions one asks the logs. */
export class ObservabilityStack extends Stack {
  readonly alarms: Alarms

  constructor(scope: Construct, id: string, { location, projections, api, retention, ...props }: StackProps & Watched) {
    super(scope, id, { ...props, description: 'Customer registry: dashboards, alarms, saved queries' })
    const watched: Watched = { location, projections, api, retention }
    this.alarms = new Alarms(this, 'Alarms', { key: location.key, email: location.context.alarmEmail })
    this.#ofApi(watched)
    this.#ofProjections(watched)
    this.#ofLocations(watched)
    addDashboards(this, watched, countedFrom([...api.functions, ...retention.functions]), this.alarms.all)
    // An emulator knows no saved queries.
    if (onAws(location)) this.#queries(watched)
  }

  #ofApi({ location, api }: Watched): void {
    const { alarms } = this
    alarms.add('server-errors', {
      metric: ofApi('5XXError', Stats.SUM),
      threshold: 5,
      why: 'Five or more requests in five minutes were answered with an error of ours.',
    })
    alarms.add('slow-answers', {
      metric: ofApi('Latency', 'p99'),
      threshold: 3000,
      periods: 3,
      why: 'One request in a hundred takes three seconds or more, for a quarter of an hour.',
    })
    alarms.add('throttled-functions', {
      // Of all functions of the region together: the quota is theirs together, and an alarm sums up ten metrics at most.
      metric: ofFunctions('Throttles'),
      threshold: 1,
      why: 'A function was not started because too many run: the quota of the account is reached.',
    })
    // An emulator knows no alarm of several metrics.
    if (onAws(location))
      alarms.add('throttled-tables', {
        metric: new MathExpression({
          expression: 'a + b + c + d',
          usingMetrics: {
            a: ofTable('ReadThrottleEvents', TABLES.registry),
            b: ofTable('WriteThrottleEvents', TABLES.registry),
            c: ofTable('ReadThrottleEvents', TABLES.views),
            d: ofTable('WriteThrottleEvents', TABLES.views),
          },
          label: 'throttled',
        }),
        threshold: 10,
        periods: 2,
        why: 'A table turns requests away.',
      })
    if (api.firewall)
      alarms.add('blocked-requests', {
        metric: ofFirewall(location.region),
        threshold: 500,
        why: 'The firewall turns many requests away: an attack, or a rule that hits those who should get in.',
      })
  }

  #ofProjections({ projections, retention, location }: Watched): void {
    const { alarms } = this
    for (const { name, function: reader } of projections.readers)
      alarms.add('late', {
        of: name,
        metric: reader.metric('IteratorAge', { statistic: Stats.MAXIMUM }),
        threshold: 5 * MINUTE_MS,
        periods: 2,
        why: `What ${name} reads lies five minutes or more before it is read.`,
      })
    for (const [n, { failures }] of projections.streams.entries())
      alarms.add('given-up', {
        of: projections.readers[n]?.name ?? String(n),
        metric: failures.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM }),
        threshold: 1,
        why: 'Records of a stream were given up: what is made of them is missing.',
      })
    alarms.add('missed-schedule', {
      metric: retention.failures.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM }),
      threshold: 1,
      why: 'What runs by the clock could not be started.',
    })
    for (const { name, function: scheduled } of retention.functions)
      alarms.add('failed', {
        of: name,
        metric: scheduled.metricErrors({ statistic: Stats.SUM }),
        threshold: 3,
        why: `${name}, which runs by the clock, fails.`,
      })
    const domain = location.domain
    if (domain === null) return
    const of = (name: string, statistic: string) => ofSearchDomain(name, domain.domainName, this.account, statistic)
    alarms.add('search-red', {
      metric: of('ClusterStatus.red', Stats.MAXIMUM),
      threshold: 1,
      why: 'A part of the search index is not there.',
    })
    alarms.add('search-full', {
      metric: of('FreeStorageSpace', Stats.MINIMUM),
      threshold: 2048,
      below: true,
      why: 'The search domain has less than 2 GB left.',
    })
    alarms.add('search-memory', {
      metric: of('JVMMemoryPressure', Stats.MAXIMUM),
      threshold: 90,
      periods: 3,
      why: 'The search domain is short of memory.',
    })
  }

  #ofLocations({ location }: Watched): void {
    const { region, context } = location
    const { alarms } = this
    alarms.add('late', {
      of: 'index',
      metric: ofLocation('IndexLag', region),
      threshold: 2 * MINUTE_MS,
      periods: 2,
      silent: 'bad',
      why: 'The search index is two minutes or more behind the list, or nobody says how far.',
    })
    alarms.add('canary', {
      // Whatever ran in half an hour failed: two runs, or one that was late.
      metric: ofLocation('CanaryFailed', region).with({ period: Duration.minutes(30), statistic: Stats.MINIMUM }),
      threshold: 1,
      silent: 'bad',
      why: 'What anybody could do with the registry does not work, or nobody tries it out.',
    })
    alarms.add('drift', {
      metric: ofLocation('Drift', region),
      threshold: 1,
      why: 'The search index differs from the list.',
    })
    alarms.add('conflicts', {
      metric: ofLocation('Conflicts', region),
      threshold: 50,
      periods: 12,
      why: 'Many customers wait for the provider to say which of two changes holds.',
    })
    for (const from of context.regions.filter(one => one !== region)) {
      alarms.add('late', {
        of: `from-${from}`,
        metric: ofOther('ReplicationLag', region, from),
        threshold: MINUTE_MS,
        periods: 2,
        why: `What is written in ${from} takes a minute or more to come here.`,
      })
      alarms.add('silent', {
        of: from,
        metric: ofOther('LocationUp', region, from),
        threshold: 1,
        below: true,
        periods: 2,
        silent: 'bad',
        why: `Nothing is heard of ${from}.`,
      })
    }
  }

  #queries({ api, projections, retention }: Watched): void {
    const functions = [...api.functions, ...projections.readers, ...retention.functions]
    const logGroups = functions.map(({ logs }) => logs)
    const save = (name: string, query: ConstructorParameters<typeof QueryString>[0]) =>
      new QueryDefinition(this, name, {
        queryDefinitionName: `${PREFIX}/${name}`,
        queryString: new QueryString(query),
        logGroups,
      })
    save('failures', {
      fields: ['@timestamp', 'resource', 'method', 'request_id', 'error.name', 'error.stack.0'],
      filterStatements: ['level = "ERROR"'],
      sort: '@timestamp desc',
      limit: 200,
    })
    save('what-costs', {
      statsStatements: ['sum(wru_base + wru_index) as written, sum(rru) as read, count(*) as requests by operation'],
      filterStatements: ['message = "answered"'],
      sort: 'written desc',
    })
    save('who-does-what', {
      statsStatements: ['count(*) as requests by actor, operation, status'],
      filterStatements: ['message = "answered"'],
      sort: 'requests desc',
    })
    save('cold-starts', {
      statsStatements: ['count(*) as starts, pct(@initDuration, 50) as p50, pct(@initDuration, 99) as p99 by @log'],
      filterStatements: ['@type = "REPORT" and ispresent(@initDuration)'],
    })
    save('one-request', {
      fields: ['@timestamp', '@log', '@message'],
      filterStatements: ['request_id = "PUT THE ID HERE"'],
      sort: '@timestamp asc',
    })
  }
}

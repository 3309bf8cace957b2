import { Duration } from 'aws-cdk-lib'
import { Metric, type MetricProps, Stats } from 'aws-cdk-lib/aws-cloudwatch'
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs'
import { NAMESPACE, PREFIX } from '../names.ts'
import type { RegistryFunction } from './registry-function.ts'

export const FIVE_MINUTES = Duration.minutes(5)

const metric = (namespace: string, metricName: string, more: Partial<MetricProps> = {}): Metric =>
  new Metric({ namespace, metricName, period: FIVE_MINUTES, statistic: Stats.SUM, ...more })

/** What a location's heartbeat says of itself, by the name under which functions/heartbeat/metrics.ts says it. */
export const ofLocation = (metricName: 'IndexLag' | 'Conflicts' | 'Drift' | 'CanaryFailed', location: string): Metric =>
  metric(NAMESPACE, metricName, {
    dimensionsMap: { service: PREFIX, location },
    statistic: Stats.MAXIMUM,
  })

/** How long a step of the location's canary takes, by the name under which functions/canary/handler.ts says it. */
export const ofCanary = (step: string, location: string): Metric =>
  metric(NAMESPACE, 'CanaryTime', {
    dimensionsMap: { service: PREFIX, location, step },
    statistic: Stats.MAXIMUM,
    label: step,
  })

/** What a location says of another one. */
export const ofOther = (metricName: 'ReplicationLag' | 'LocationUp', location: string, from: string): Metric =>
  metric(NAMESPACE, metricName, {
    dimensionsMap: { service: PREFIX, location, from },
    statistic: metricName === 'LocationUp' ? Stats.MINIMUM : Stats.MAXIMUM,
  })

export const ofApi = (metricName: string, statistic: string): Metric =>
  metric('AWS/ApiGateway', metricName, { dimensionsMap: { ApiName: PREFIX }, statistic })

export const ofTable = (metricName: string, table: string, more: Record<string, string> = {}): Metric =>
  metric('AWS/DynamoDB', metricName, { dimensionsMap: { TableName: table, ...more } })

export const ofFunctions = (metricName: string): Metric => metric('AWS/Lambda', metricName)

export const ofFirewall = (region: string): Metric =>
  metric('AWS/WAFV2', 'BlockedRequests', { dimensionsMap: { WebACL: PREFIX, Region: region, Rule: 'ALL' } })

export const ofSearchDomain = (metricName: string, domainName: string, account: string, statistic: string): Metric =>
  metric('AWS/ES', metricName, { dimensionsMap: { DomainName: domainName, ClientId: account }, statistic })

/** Requests of a function that were answered, from the line that it logs of each. */
const answered = (by: string, ...operations: string[]) => ({
  by: [by],
  value: '1',
  pattern: FilterPattern.all(
    FilterPattern.stringValue('$.message', '=', 'answered'),
    FilterPattern.any(...operations.map(operation => FilterPattern.stringValue('$.operation', '=', operation))),
  ),
})

/** Customers, from the line that each run of the purge leaves (functions/retention/log-run.ts). */
const purged = (customers: string) => ({
  by: ['purge', 'retention'],
  value: `$.${customers}`,
  pattern: FilterPattern.stringValue('$.message', '=', 'purged'),
})

/** What was done, counted from logs: no function has to count it. */
const counted = {
  Lookups: answered('lookup', 'lookup'),
  Searches: answered('search', 'search'),
  Matches: answered('search', 'match'),
  Created: answered('customers', 'createCustomer'),
  Changed: answered('customers', 'patchCustomer', 'putCustomer', 'restoreCustomer'),
  Deleted: answered('customers', 'deleteCustomer'),
  Batches: answered('batches', 'createBatch'),
  Merges: answered('duplicates', 'decideDuplicate', 'splitCustomer'),
  Expired: purged('expired'),
  Marked: purged('marked'),
  Removed: purged('removed'),
}
export type Counted = keyof typeof counted

/** Has what was done counted as metrics; gives them by name, those whose functions are there. */
export function countedFrom(functions: readonly RegistryFunction[]): Map<string, Metric> {
  const metrics = new Map<string, Metric>()
  for (const [name, { by, value, pattern }] of Object.entries(counted))
    for (const source of functions.filter(one => by.includes(one.name))) {
      new MetricFilter(source, `Count${name}`, {
        logGroup: source.logs,
        metricNamespace: NAMESPACE,
        metricName: name,
        metricValue: value,
        filterPattern: pattern,
      })
      metrics.set(name, metric(NAMESPACE, name))
    }
  return metrics
}

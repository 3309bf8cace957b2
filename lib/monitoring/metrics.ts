import { Duration } from 'aws-cdk-lib'
import { Metric, type MetricProps, Stats } from 'aws-cdk-lib/aws-cloudwatch'
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs'
import type { RegistryFunction } from '../constructs/registry-function.ts'
import { NAMESPACE, PREFIX } from '../names.ts'

export const FIVE_MINUTES = Duration.minutes(5)

const createMetric = (namespace: string, metricName: string, props: Partial<MetricProps> = {}): Metric =>
  new Metric({ namespace, metricName, period: FIVE_MINUTES, statistic: Stats.SUM, ...props })

/** A metric of a location's heartbeat; functions/heartbeat/metrics.ts publishes it. */
export const locationMetric = (
  metricName: 'IndexLag' | 'Conflicts' | 'Drift' | 'CanaryFailed',
  location: string,
): Metric =>
  createMetric(NAMESPACE, metricName, {
    dimensionsMap: { service: PREFIX, location },
    statistic: Stats.MAXIMUM,
  })

/** The duration of a canary step; functions/canary/handler.ts publishes it. */
export const canaryMetric = (step: string, location: string): Metric =>
  createMetric(NAMESPACE, 'CanaryTime', {
    dimensionsMap: { service: PREFIX, location, step },
    statistic: Stats.MAXIMUM,
    label: step,
  })

/** A metric of one location about another. */
export const remoteLocationMetric = (
  metricName: 'ReplicationLag' | 'LocationUp',
  location: string,
  from: string,
): Metric =>
  createMetric(NAMESPACE, metricName, {
    dimensionsMap: { service: PREFIX, location, from },
    statistic: metricName === 'LocationUp' ? Stats.MINIMUM : Stats.MAXIMUM,
  })

export const apiMetric = (metricName: string, statistic: string): Metric =>
  createMetric('AWS/ApiGateway', metricName, { dimensionsMap: { ApiName: PREFIX }, statistic })

export const tableMetric = (metricName: string, table: string, dimensions: Record<string, string> = {}): Metric =>
  createMetric('AWS/DynamoDB', metricName, { dimensionsMap: { TableName: table, ...dimensions } })

export const functionsMetric = (metricName: string): Metric => createMetric('AWS/Lambda', metricName)

export const firewallMetric = (region: string): Metric =>
  createMetric('AWS/WAFV2', 'BlockedRequests', { dimensionsMap: { WebACL: PREFIX, Region: region, Rule: 'ALL' } })

export const searchDomainMetric = (
  metricName: string,
  domainName: string,
  account: string,
  statistic: string,
): Metric =>
  createMetric('AWS/ES', metricName, { dimensionsMap: { DomainName: domainName, ClientId: account }, statistic })

/** Counts a function's successful requests from its request log. */
const countAnswered = (functionName: string, ...operations: string[]) => ({
  by: [functionName],
  value: '1',
  pattern: FilterPattern.all(
    FilterPattern.stringValue('$.message', '=', 'answered'),
    FilterPattern.any(...operations.map(operation => FilterPattern.stringValue('$.operation', '=', operation))),
  ),
})

/** Counts customers from the log entry of each purge run (functions/runtime/purge-settings.ts). */
const countPurged = (member: string) => ({
  by: ['purge', 'retention'],
  value: `$.${member}`,
  pattern: FilterPattern.stringValue('$.message', '=', 'purged'),
})

/** Metrics that are derived from logs, so that no function has to count. */
const logMetricDefinitions = {
  Lookups: countAnswered('lookup', 'lookup'),
  Searches: countAnswered('search', 'search'),
  Matches: countAnswered('search', 'match'),
  Created: countAnswered('customers', 'createCustomer'),
  Changed: countAnswered('customers', 'patchCustomer', 'putCustomer', 'restoreCustomer'),
  Deleted: countAnswered('customers', 'deleteCustomer'),
  Batches: countAnswered('batches', 'createBatch'),
  Merges: countAnswered('duplicates', 'decideDuplicate', 'splitCustomer'),
  Expired: countPurged('expired'),
  Marked: countPurged('marked'),
  Removed: countPurged('removed'),
}
export type LogMetricName = keyof typeof logMetricDefinitions

/** Adds the log metrics of the functions that exist. Returns them by name. */
export function addLogMetrics(functions: readonly RegistryFunction[]): Map<string, Metric> {
  const metrics = new Map<string, Metric>()
  for (const [name, { by, value, pattern }] of Object.entries(logMetricDefinitions))
    for (const source of functions.filter(candidate => by.includes(candidate.name))) {
      new MetricFilter(source, `Count${name}`, {
        logGroup: source.logs,
        metricNamespace: NAMESPACE,
        metricName: name,
        metricValue: value,
        filterPattern: pattern,
      })
      metrics.set(name, createMetric(NAMESPACE, name))
    }
  return metrics
}

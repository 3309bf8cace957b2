import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics'
import type { LocationState } from '#contract/schemas/location.ts'

const metrics = new Metrics({ namespace: 'CustomerRegistry', serviceName: 'customer-registry' })

/**
 * Says as metrics what a location knows of itself (`IndexLag`, `Conflicts`, `Drift`, each by `location`) and of each other one
 * (`ReplicationLag`, `LocationUp`, by `location` and where `from`). What is not known is not said. Lags are in milliseconds.
 */
export function publishMetrics(location: string, report: readonly LocationState[]): void {
  for (const { name, up, index_lag_ms, replication_lag_ms, conflicts, drift } of report) {
    metrics.addDimension('location', location)
    const addMetric = (metric: string, unit: (typeof MetricUnit)[keyof typeof MetricUnit], value: number | null) => {
      if (value !== null) metrics.addMetric(metric, unit, value)
    }
    if (name === location) {
      addMetric('IndexLag', MetricUnit.Milliseconds, index_lag_ms)
      addMetric('Conflicts', MetricUnit.Count, conflicts)
      addMetric('Drift', MetricUnit.Count, drift)
    } else {
      metrics.addDimension('from', name)
      addMetric('ReplicationLag', MetricUnit.Milliseconds, replication_lag_ms)
      addMetric('LocationUp', MetricUnit.Count, up ? 1 : 0)
    }
    metrics.publishStoredMetrics()
  }
}

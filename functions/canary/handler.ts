import { setTimeout as wait } from 'node:timers/promises'
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics'
import { CANARY_USER } from '#contract/canary.ts'
import { getSettings, logger } from '../runtime/settings.ts'
import { ApiClient } from './api-client.ts'
import { type ProbeResult, runProbe } from './probe.ts'

const metrics = new Metrics({ namespace: 'CustomerRegistry', serviceName: 'customer-registry' })

/**
 * Says as metrics, by `location`, whether the run failed (`CanaryFailed`, 0 or 1), what it found left of others (`CanaryLeft`), and by
 * `step` how long each took (`CanaryTime`, in milliseconds).
 */
function publishMetrics(location: string, { durations, leftovers, failed }: ProbeResult): void {
  metrics.addDimension('location', location)
  metrics.addMetric('CanaryFailed', MetricUnit.Count, failed === null ? 0 : 1)
  metrics.addMetric('CanaryLeft', MetricUnit.Count, leftovers)
  metrics.publishStoredMetrics()
  for (const [step, ms] of Object.entries(durations)) {
    metrics.addDimensions({ location, step })
    metrics.addMetric('CanaryTime', MetricUnit.Milliseconds, ms)
    metrics.publishStoredMetrics()
  }
}

/** Runs by a schedule: tries the API of its own location out, as those see it who call it. */
export async function handler(): Promise<void> {
  const { REGISTRY_LOCATION: location, CANARY_URL: url, CANARY_PASSWORD: password, CANARY_LOOKUP } = getSettings()
  if (url === undefined || password === undefined) {
    logger.warn('no canary: CANARY_URL or CANARY_PASSWORD is missing')
    return
  }
  const options = { location, username: CANARY_USER, password, lookup: CANARY_LOOKUP !== 'off', pause: wait }
  const result = await runProbe(new ApiClient(url), options)
  publishMetrics(location, result)
  if (result.failed === null) logger.info('canary', { ...result.durations, left: result.leftovers })
  else logger.error('canary', { ...result.failed, ...result.durations, left: result.leftovers })
}

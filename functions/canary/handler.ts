import { setTimeout as wait } from 'node:timers/promises'
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics'
import { logger, settings } from '../settings.ts'
import { Api } from './api.ts'
import { type Probe, probe } from './probe.ts'

const USER = 'canary'

const metrics = new Metrics({ namespace: 'CustomerRegistry', serviceName: 'customer-registry' })

/**
 * Says as metrics, by `location`, whether the run failed (`CanaryFailed`, 0 or 1), what it found left of others (`CanaryLeft`), and by
 * `step` how long each took (`CanaryTime`, in milliseconds).
 */
function measure(location: string, { took, left, failed }: Probe): void {
  metrics.addDimension('location', location)
  metrics.addMetric('CanaryFailed', MetricUnit.Count, failed === null ? 0 : 1)
  metrics.addMetric('CanaryLeft', MetricUnit.Count, left)
  metrics.publishStoredMetrics()
  for (const [step, ms] of Object.entries(took)) {
    metrics.addDimensions({ location, step })
    metrics.addMetric('CanaryTime', MetricUnit.Milliseconds, ms)
    metrics.publishStoredMetrics()
  }
}

/** Runs by a schedule: tries the API of its own location out, as those see it who call it. */
export async function handler(): Promise<void> {
  const { REGISTRY_LOCATION: location, CANARY_URL: url, CANARY_PASSWORD: password, CANARY_LOOKUP } = settings()
  if (url === undefined || password === undefined) {
    logger.warn('no canary: CANARY_URL or CANARY_PASSWORD is missing')
    return
  }
  const told = { location, username: USER, password, lookup: CANARY_LOOKUP !== 'off', pause: wait }
  const result = await probe(new Api(url), told)
  measure(location, result)
  if (result.failed === null) logger.info('canary', { ...result.took, left: result.left })
  else logger.error('canary', { ...result.failed, ...result.took, left: result.left })
}

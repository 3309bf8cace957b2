import { randomUUID } from 'node:crypto'
import type { Context } from 'aws-lambda'
import { createRequestContext } from '#adapters/clock.ts'
import { runScheduled } from '#domain/retention/run.ts'
import { timeBudget } from '../runtime/deadline.ts'
import { getPurgeSettings, logPurgeRun } from '../runtime/purge-settings.ts'
import { createServices } from '../runtime/services.ts'
import { getSettings } from '../runtime/settings.ts'

/** What is left over for the page in hand and the report, in milliseconds. */
const RESERVED_MS = 30_000

/** Runs by a schedule; goes on where the last run stopped. */
export async function handler(_event?: unknown, context?: Pick<Context, 'getRemainingTimeInMillis'>): Promise<void> {
  const { REGISTRY_LOCATION: location } = getSettings()
  const services = createServices()
  const request = createRequestContext({ location, actor: 'schedule', request_id: randomUUID() })
  const budgetMs = context ? context.getRemainingTimeInMillis() - RESERVED_MS : undefined
  const run = await runScheduled(services, request, {
    ...(await getPurgeSettings(services)),
    hasTime: timeBudget(budgetMs),
  })
  if (run !== null) logPurgeRun(run, services.meter)
}

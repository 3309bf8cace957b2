import { randomUUID } from 'node:crypto'
import type { Context } from 'aws-lambda'
import { callNow } from '#adapters/clock.ts'
import { runScheduled } from '#domain/retention/run.ts'
import { forAWhile } from '../piece.ts'
import { logRun } from '../retention/log-run.ts'
import { runSettings } from '../retention/settings.ts'
import { services } from '../services.ts'
import { settings } from '../settings.ts'

/** What is left over for the page in hand and the report, in milliseconds. */
const REST_MS = 30_000

/** Runs by a schedule; goes on where the last run stopped. */
export async function handler(_event?: unknown, context?: Pick<Context, 'getRemainingTimeInMillis'>): Promise<void> {
  const { REGISTRY_LOCATION: location } = settings()
  const own = services()
  const call = callNow({ location, actor: 'schedule', request_id: randomUUID() })
  const time = context ? context.getRemainingTimeInMillis() - REST_MS : undefined
  const run = await runScheduled(own, call, { ...(await runSettings(own)), goOn: forAWhile(time) })
  if (run !== null) logRun(run, own.meter)
}

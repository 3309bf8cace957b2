import { backoff } from '#adapters/clock.ts'
import { countPurchases, deletePurchases } from '#domain/purchases/delete-purchases.ts'
import { readPolicy } from '#domain/retention/policy.ts'
import type { LinkedData, StoredRun } from '#domain/retention/port.ts'
import { getFields, type Services } from './services.ts'
import { getSettings, logger } from './settings.ts'

/** The settings of a purge run: the provider's policy and the environment. */
export async function getPurgeSettings(services: Pick<Services, 'records' | 'lists'>) {
  const { REGISTRY_RETENTION_DAYS, REGISTRY_DAY_SECONDS: day, REGISTRY_PURGE_WAIT: wait } = getSettings()
  const [policy, { types }] = await Promise.all([
    readPolicy(services.records, REGISTRY_RETENTION_DAYS),
    getFields(services),
  ])
  return { policy, types: [...types.keys()].sort(), day, wait, now: () => new Date().toISOString() }
}

/** The data that is erased with a customer besides its record. Every area that stores such rows adds them here. */
export const getRelatedData = ({ purchases }: Pick<Services, 'purchases'>): readonly LinkedData[] => [
  {
    forget: customer => deletePurchases(purchases, { pause: backoff }, customer),
    count: customer => countPurchases(purchases, customer),
  },
]

/** Logs a purge run with its cost. The dashboard's metric filters count from this line. */
export function logPurgeRun(
  { due, expired, marked, removed, kept, waiting_for, finished }: StoredRun,
  cost: object,
): void {
  logger.info('purged', { due, expired, marked, removed, kept, waiting_for, finished, ...cost })
}

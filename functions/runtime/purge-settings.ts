import { backoff } from '#adapters/clock.ts'
import { countPurchases, deletePurchases } from '#domain/purchases/delete-purchases.ts'
import { readPolicy } from '#domain/retention/policy.ts'
import type { LinkedData } from '#domain/retention/port.ts'
import { getFields, type Services } from './services.ts'
import { getSettings } from './settings.ts'

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

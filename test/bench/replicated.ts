import { locationList } from '#contract/schemas/location.ts'
import { apiAt } from '../e2e/api.ts'
import { until } from '../e2e/until.ts'

const TIMEOUT_MS = 600_000

/** Waits until every location of a registry has what the first one had at the time of this call. */
export async function waitUntilReplicated(urls: readonly string[]): Promise<void> {
  const writtenAt = new Date().toISOString()
  const { api, token } = apiAt(urls[0] ?? '')
  const provider = await token('provider')
  const hasSeenAll = async () => {
    const { items } = (await api('GET', '/v1/locations', { token: provider })).as(locationList)
    return (
      items.length === urls.length && items.every(({ name, seen }) => name === 'loc1' || (seen.loc1 ?? '') > writtenAt)
    )
  }
  await until(hasSeenAll, TIMEOUT_MS, 'every location to have the customers')
}

import type { PageConfiguration } from '../../contract/page-configuration.ts'

const ADDRESS = '/config.json'

let loaded: PageConfiguration | null = null

/** Where the API is and how to sign in. @throws Error if that cannot be read; the next call tries again */
export async function loadConfiguration(): Promise<PageConfiguration> {
  if (loaded !== null) return loaded
  const response = await fetch(ADDRESS)
  if (!response.ok) throw new Error(`${ADDRESS}: status ${response.status}`)
  const configuration: PageConfiguration = await response.json()
  loaded = configuration
  return configuration
}

/** The processes of `npm start` with a list of made-up customers, for benches that measure them. */
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { locationList } from '#contract/schemas/location.ts'
import { apiAt } from '../e2e/api.ts'
import { freePorts } from '../e2e/free-ports.ts'
import { freshFolder, LocalServer } from '../e2e/server.ts'
import { until } from '../e2e/until.ts'
import { addCustomers, runProgram } from './run-program.ts'

const START_MS = 600_000
/** For each customer, if a location has many. */
const CATCH_UP_MS = 10

export interface RegistryOptions {
  customers: number
  locations?: number
  /** Takes the customers of a CSV file instead of made-up ones. */
  records?: string | undefined
  /** Keeps the list in this folder for the next measurement. A list that is already there is used. */
  data?: string | undefined
  environment?: Record<string, string>
}

/** Waits until every location has folded in what the first one has written so far. */
export async function waitForAll(url: string, locations: number, timeoutMs: number): Promise<void> {
  const writtenAt = new Date().toISOString()
  const { api, token } = apiAt(url)
  const provider = await token('provider')
  const hasSeenAll = async () => {
    const { items } = (await api('GET', '/v1/locations', { token: provider })).as(locationList)
    return (
      items.length === locations && items.every(({ name, seen }) => name === 'loc1' || (seen.loc1 ?? '') > writtenAt)
    )
  }
  await until(hasSeenAll, timeoutMs, 'every location to have the customers')
}

/** Starts a registry and fills its list. The first URL is that of the location that the customers were added to. */
export async function startRegistry({ customers, locations = 1, records, data, environment }: RegistryOptions) {
  const folder = data ?? (await freshFolder())
  const isLoaded = existsSync(join(folder, 'loc1', 'tables.db'))
  const server = new LocalServer(await freePorts(locations), folder, {
    REGISTRY_SAMPLE: '0',
    REGISTRY_LOCATIONS: String(locations),
    ...environment,
  })
  const url = `http://127.0.0.1:${server.port}`
  const end = async () => {
    await server.end()
    if (data === undefined) await rm(folder, { recursive: true })
  }
  try {
    await server.run.ready(START_MS)
    if (!isLoaded) {
      if (records === undefined) await addCustomers(url, customers)
      else await runProgram(url, 'cli/main.ts', 'ingest', records, '--source', 'bench')
      await waitForAll(url, locations, START_MS + CATCH_UP_MS * customers)
    }
  } catch (error) {
    await end()
    throw error
  }
  const urls = Array.from({ length: locations }, (_, n) => `http://127.0.0.1:${server.port + n}`)
  return { server, folder, url, urls, end }
}

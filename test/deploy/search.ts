import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { freePorts } from '../e2e/free-ports.ts'
import { ROOT, runProcess } from './child-process.ts'

/** An OpenSearch for the functions of all regions, whose indexes are named after them. */
export interface SearchEngine {
  url: string
  stop(): Promise<void>
}

/** A script that starts OpenSearch may exist next to the checkout. */
const START_SCRIPT = process.env.OPENSEARCH_START ?? join(ROOT, '../shared/opensearch/start.sh')

/** Starts an OpenSearch, or returns null when there is no start script. @throws Error when it does not start */
export async function startSearch(folder: string): Promise<SearchEngine | null> {
  if (!existsSync(START_SCRIPT)) return null
  // Its transport port is a hundred higher.
  const port = await freePorts()
  const dataFolder = join(folder, 'opensearch')
  const log = join(folder, 'opensearch.log')
  await runProcess({ command: 'bash', args: [START_SCRIPT, dataFolder], environment: { OS_PORT: String(port) }, log })
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () => runProcess({ command: 'bash', args: [join(START_SCRIPT, '../stop.sh'), dataFolder], log }),
  }
}

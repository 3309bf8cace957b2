/**
 * `npm run test:deploy`: deploys the stacks for two regions to an AWS emulator and runs the end-to-end tests against both APIs. Prints
 * `two regions deployed, N passed, M failed` and removes everything. `-- --only FILE` runs only these tests.
 */
import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type * as z from 'zod'
import { rebuildAnswer } from '#contract/schemas/operations.ts'
import { token } from '#contract/schemas/service.ts'
import { readContext } from '#lib/context.ts'
import { STAGE } from '#lib/names.ts'
import { apiAt } from '../e2e/api.ts'
import { ROOT, stopAllProcesses } from './child-process.ts'
import { Emulator } from './emulator.ts'
import { addReplicas, applyEmulatorPatches, openAssets, speedUpPurge } from './emulator-patches.ts'
import { startSearch } from './search.ts'
import { Stacks } from './stacks.ts'
import { type Outcome, runSuite } from './suite.ts'
import { ThrottlingProxy } from './throttling-proxy.ts'
import { addUsers } from './users.ts'

const CACHE = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache')
const SCHEDULE = 'test/e2e/schedule.test.ts'

/**
 * Test files that run in one region only: those that count customers or compare the whole list, which a second run would disturb, and
 * two that take as long as all others.
 */
const RUN_ONCE = [
  ...['audit', 'bad-input', 'customers', 'duplicates', 'list', 'lookup', 'match', 'operations', 'search'],
  ...['fields', 'roles'],
]

/** Test files that need fuzzy search, and therefore OpenSearch. */
const SEARCH_TESTS = [
  ...['audit', 'batches', 'concurrency', 'customers', 'duplicates', 'fields', 'list', 'locations', 'lookup', 'match'],
  ...['operations', 'search', 'customer-types'],
]

const { only = [] } = parseArgs({ options: { only: { type: 'string', multiple: true } } }).values

const startedAt = performance.now()
const logProgress = (message: string) =>
  console.log(`${Math.round((performance.now() - startedAt) / 1000)} s: ${message}`)

/** Installs the emulator and returns its program, or prints why it cannot and returns null. */
function emulatorProgram(): string | null {
  const venv = join(CACHE, 'customer-registry/emulator')
  try {
    execFileSync(join(ROOT, '.ci/venv'), [venv, join(ROOT, '.ci/requirements-emulator.txt')], { encoding: 'utf8' })
    return join(venv, 'bin/ministack')
  } catch (error) {
    console.log(`not deployed: the emulator could not be installed (${error instanceof Error ? error.message : error})`)
    return null
  }
}

/** Running resources, which are stopped in reverse order. */
const running: { stop(): unknown }[] = []
const track = <T extends { stop(): unknown }>(resource: T): T => {
  running.push(resource)
  return resource
}
async function stopAll(): Promise<void> {
  for (const resource of running.splice(0).reverse()) await resource.stop()
}

async function deploy(program: string, folder: string) {
  const search = await startSearch(folder)
  if (search) track(search)
  logProgress(search ? `OpenSearch at ${search.url}` : 'no OpenSearch: only exact lookups')
  const emulator = track(await Emulator.start(program, folder))
  const contextFile = JSON.parse(await readFile(join(ROOT, 'test/deploy/context.json'), 'utf8'))
  const endpoints = Object.fromEntries(contextFile.regions.map((region: string) => [region, search?.url]))
  const context = readContext({ ...contextFile, search: search ? { kind: 'endpoint', endpoints } : { kind: 'none' } })
  const { regions } = context
  const [primary = ''] = regions
  const stacks = new Stacks(emulator, folder)
  await stacks.bootstrap(context)
  await openAssets(emulator, regions)
  logProgress('bootstrapped')
  await stacks.deployRegistry()
  await addReplicas(emulator, regions)
  const apis = await stacks.deployAll(regions)
  await applyEmulatorPatches(emulator, context, apis)
  const passwords = await addUsers(emulator, primary)
  const proxies = new Map<string, ThrottlingProxy>()
  for (const [region, api] of apis)
    proxies.set(
      region,
      track(await ThrottlingProxy.start(emulator.port, `${api}.execute-api.localhost:${emulator.port}`, STAGE)),
    )
  if (search) for (const { url } of proxies.values()) await rebuildIndex(url, passwords.provider)
  logProgress(`deployed: ${regions.join(' and ')}, with permissions checked`)
  return { emulator, regions, fronts: proxies, passwords, searched: search !== null }
}

/** Rebuilds the index, as a provider does after a deployment (README), so that fuzzy search finds the list. */
async function rebuildIndex(url: string, password: string): Promise<void> {
  const { api } = apiAt(url)
  const login = await api('POST', '/v1/auth/token', { body: { username: 'provider', password } })
  const { access_token } = login.as(token)
  for (let cursor: string | null = ''; cursor !== null; ) {
    const step: string = `/v1/index/rebuild${cursor && `?cursor=${cursor}`}`
    const { next }: z.infer<typeof rebuildAnswer> = (await api('POST', step, { token: access_token })).as(rebuildAnswer)
    cursor = next
  }
}

function printOutcome(label: string, { passed, failed, excluded: skipped }: Outcome): void {
  logProgress(`${label}: ${passed} passed, ${failed} failed`)
  for (const [reason, count] of skipped) console.log(`  ${count} left out: ${reason}`)
}

async function main(folder: string, program: string): Promise<Pick<Outcome, 'passed' | 'failed' | 'failures'>> {
  const { emulator, regions, fronts: proxies, passwords, searched: hasSearch } = await deploy(program, folder)
  const getUrl = (region: string) => proxies.get(region)?.url ?? ''
  const sum = { passed: 0, failed: 0, failures: [] as string[] }
  const addOutcome = (label: string, outcome: Outcome) => {
    printOutcome(label, outcome)
    sum.passed += outcome.passed
    sum.failed += outcome.failed
    sum.failures.push(...outcome.failures.map(failure => `${label}: ${failure}`))
  }
  const files = only.filter(file => file !== SCHEDULE)
  for (const [n, region] of only.length > 0 && files.length === 0 ? [] : regions.entries()) {
    const urls = [region, ...regions.filter(otherRegion => otherRegion !== region)].map(getUrl)
    const excluded = [...(n === 0 ? [] : RUN_ONCE), ...(hasSearch ? [] : SEARCH_TESTS)]
    const jestArguments =
      only.length > 0 ? files : [`--testPathIgnorePatterns=/(${['schedule', ...excluded].join('|')})\\.test`]
    addOutcome(region, await runSuite({ urls, passwords, folder, jestArguments: jestArguments }))
    if (excluded.length > 0) console.log(`  files not run here: ${[...new Set(excluded)].join(', ')}`)
  }
  if (only.length === 0 || only.includes(SCHEDULE)) {
    await speedUpPurge(emulator, regions)
    const environment = { E2E_FAST_DAYS: '1' }
    addOutcome(
      'the schedule',
      await runSuite({ urls: regions.map(getUrl), passwords, folder, jestArguments: [SCHEDULE], environment }),
    )
  }
  const { denied, faults } = await emulator.functionLog()
  for (const fault of faults) console.log(`  fault in a function: ${fault}`)
  sum.failed += denied.length
  sum.failures.push(...denied.map(call => `a function that lacks a permission: ${call}`))
  return sum
}

const program = emulatorProgram()
if (program !== null) {
  const folder = await mkdtemp(join(tmpdir(), 'registry-deployed-'))
  const cleanUp = async () => {
    await stopAll()
    await stopAllProcesses()
    await rm(folder, { recursive: true, force: true })
  }
  let cleaning: Promise<void> | null = null
  const clean = () => {
    cleaning ??= cleanUp()
    return cleaning
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void clean().then(() => process.exit(1)))
  const { passed, failed, failures } = await main(folder, program)
    .catch((error: unknown) => {
      return { passed: 0, failed: 1, failures: [error instanceof Error ? error.message : String(error)] }
    })
    .finally(clean)
  for (const failure of failures) console.log(`failed: ${failure}`)
  console.log(`two regions deployed, ${passed} passed, ${failed} failed`)
  process.exitCode = failed === 0 ? 0 : 1
}

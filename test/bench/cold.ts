/**
 * `npm run -s bench:cold -- [--runs 9] [--functions search,customers] [--profile]`: what a function's first call costs in a new process, beside an empty
 * handler: the size of its bundle, and the medians of
 *
 * - `import`: from the import of the bundle to the handler, in milliseconds, and the processor time of that;
 * - `init`: from the start of the process to the handler;
 * - `call`: the event in `events/` of this function against a real table engine with the sample, and the processor time of that.
 *
 * Runs of the functions alternate, so that other load affects all alike. A function marked with `*` is one that a person waits for. Calls that
 * need the search index fail without `OPENSEARCH_ENDPOINT`; of calls that fail, the reason is shown instead. The last line is JSON.
 *
 * `--profile` also shows what took the most processor time from the start of a further process to the end of its first call.
 */
import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import * as z from 'zod'
import { localEnv, readEnv } from '#contract/env.ts'
import { functionSpecs } from '#contract/functions.ts'
import { bundleAll } from '#lib/bundle.ts'
import { configure } from '#local/configuration.ts'
import { Engine } from '#local/engine.ts'
import { Lock } from '#local/lock.ts'
import { FIRST, TABLES } from '#local/names.ts'
import { readSampleEvent } from '#local/sample-event.ts'
import { startAll } from '#local/service.ts'
import { prepareUsers } from '#local/users.ts'
import { listEntries, type ProfileEntry, profile, toLargest, toOwner } from './process-profile.ts'
import { median, round } from './quantiles.ts'

const EMPTY = 'empty'
const PROFILE_ENTRIES = 10
const SCRIPT = fileURLToPath(new URL('first-call.mjs', import.meta.url))

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '9' },
    functions: { type: 'string' },
    profile: { type: 'boolean', default: false },
  },
})
const runs = z.coerce.number().int().min(1).parse(values.runs)
const names = z
  .array(z.enum([...functionSpecs.keys()]))
  .parse(values.functions?.split(',') ?? [...functionSpecs.keys()])

const folder = await mkdtemp(join(tmpdir(), 'registry-cold-'))
const bundleFolder = join(folder, 'bundles/')

const spent = z.object({ ms: z.number(), cpu_ms: z.number() })
const measured = z.object({ import: spent, init_ms: z.number(), call: spent, failure: z.string().nullable() })
type Measured = z.infer<typeof measured>

/** Who waits for an answer of this function: a person, or nobody. */
function isAwaited(name: string): boolean {
  const { trigger } = functionSpecs.get(name) ?? {}
  return trigger === undefined || trigger === 'authorizer'
}

/** The file of the function's sample event. */
function toEventFile(name: string): string {
  const { trigger } = functionSpecs.get(name) ?? {}
  return typeof trigger === 'object' && 'stream' in trigger ? `${trigger.stream}-stream` : name
}

/** Gives the event a new idempotency key, since a repeated request would not be processed. */
const withNewKey = (event: string): string => event.replace(/("Idempotency-Key":\[?)"[^"]*"/g, `$1"${randomUUID()}"`)

function callOnce(name: string, event: string, options: readonly string[] = []): Measured {
  const file = `${bundleFolder}${name}/handler.mjs`
  const { status, stdout, stderr } = spawnSync(process.execPath, [...options, SCRIPT, file, event], {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`${name}: ${stderr}`)
  return measured.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''))
}

/** The biggest entries of a profile of one call. */
async function profileOnce(name: string, event: string): Promise<ProfileEntry[]> {
  const into = join(folder, `profile-${name}`)
  callOnce(name, event, ['--cpu-prof', '--cpu-prof-interval', '200', '--cpu-prof-dir', into])
  const [file = ''] = await readdir(into)
  const samples = profile.parse(JSON.parse(await readFile(join(into, file), 'utf8')))
  return toLargest(samples, PROFILE_ENTRIES, frame =>
    frame.url.includes(bundleFolder) ? 'the bundle' : toOwner(frame),
  )
}

/** Prepares tables, users and the sample in this process; its environment is that of the functions. */
async function startTables() {
  const lock = new Lock(folder)
  const engine = new Engine(folder, TABLES, lock)
  const stop = await startAll([lock, engine])
  const env = readEnv(localEnv, { REGISTRY_DATA: folder })
  await configure(env, { location: FIRST, data: folder, endpoint: engine.endpoint })
  await prepareUsers(folder, true)
  const prefix = `bench-${randomUUID().slice(0, 8)}-`
  const { OPENSEARCH_ENDPOINT: cluster } = process.env
  Object.assign(process.env, {
    POWERTOOLS_LOG_LEVEL: 'SILENT',
    POWERTOOLS_METRICS_DISABLED: 'true',
    // As in the cloud.
    DYNAMODB_CLIENT: 'direct',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    ...(cluster ? { OPENSEARCH_PREFIX: prefix } : { SEARCH_INDEX: 'none' }),
  })
  // Loaded once the configuration that they read exists.
  const { loadSample } = await import('#local/sample/sample.ts')
  const { bootstrapIndex } = await import('#functions/project/bootstrap-index.ts')
  await loadSample()
  if (cluster) await bootstrapIndex()
  const end = async () => {
    if (cluster) await fetch(`${cluster}/${prefix}*`, { method: 'DELETE' })
    await stop()
  }
  const events = new Map([[EMPTY, '{}']])
  for (const name of names)
    events.set(name, JSON.stringify(await readSampleEvent(`events/${toEventFile(name)}.json`, env, folder)))
  return { end, events }
}

function summarise(all: readonly Measured[]) {
  const of = (read: (one: Measured) => number) => round(median(all.map(read)), 1)
  const failure = all.find(one => one.failure !== null)?.failure ?? null
  return {
    import_ms: of(one => one.import.ms),
    import_cpu_ms: of(one => one.import.cpu_ms),
    init_ms: of(one => one.init_ms),
    call_ms: failure === null ? of(one => one.call.ms) : null,
    call_cpu_ms: failure === null ? of(one => one.call.cpu_ms) : null,
    failure,
  }
}

async function measure(events: ReadonlyMap<string, string>) {
  const bundles = await bundleAll(bundleFolder, names)
  mkdirSync(`${bundleFolder}${EMPTY}`)
  writeFileSync(`${bundleFolder}${EMPTY}/handler.mjs`, 'export const handler = async () => undefined\n')
  const all = [{ name: EMPTY, bytes: 0, lazyBytes: 0, assetBytes: 0 }, ...bundles]
  const results = new Map(all.map(({ name }): [string, Measured[]] => [name, []]))
  for (let run = 0; run < runs; run++)
    for (const { name } of all) results.get(name)?.push(callOnce(name, withNewKey(events.get(name) ?? '')))
  return all.map(({ name, bytes, lazyBytes, assetBytes }) => ({
    name,
    awaited: isAwaited(name) && name !== EMPTY,
    kb: round(bytes / 1000, 0),
    kb_beside: round((lazyBytes + assetBytes) / 1000, 0),
    ...summarise(results.get(name) ?? []),
  }))
}

const row = (...cells: (string | number | null)[]) =>
  cells.map((cell, n) => (n === 0 ? String(cell).padEnd(14) : String(cell ?? '').padStart(10))).join('')

try {
  const { end, events } = await startTables()
  try {
    const functions = await measure(events)
    console.log(row('function', 'KB', 'beside', 'import', 'cpu', 'init', 'call', 'cpu'))
    for (const {
      name,
      awaited,
      kb,
      kb_beside,
      import_ms,
      import_cpu_ms,
      init_ms,
      call_ms,
      call_cpu_ms,
      failure,
    } of functions)
      console.log(
        row(
          `${name}${awaited ? ' *' : ''}`,
          kb,
          kb_beside,
          import_ms,
          import_cpu_ms,
          init_ms,
          call_ms ?? failure,
          call_cpu_ms,
        ),
      )
    const profiles: Record<string, ProfileEntry[]> = {}
    for (const name of values.profile ? names : []) {
      profiles[name] = await profileOnce(name, withNewKey(events.get(name) ?? ''))
      console.log(`${name}: ${listEntries(profiles[name])}`)
    }
    console.log(JSON.stringify({ runs, functions, ...(values.profile ? { profiles } : {}) }))
  } finally {
    await end()
  }
} finally {
  await rm(folder, { recursive: true, force: true })
}

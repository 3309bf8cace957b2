/**
 * `npm run -s bench:audit -- --rows N`: takes N rows in, exports the audit of them as CSV by the command line, and verifies it. Prints as
 * JSON how many entries there are and how many of them are different ones, how long it took, and the most memory that the exporting
 * process, the location and its table engine ever had.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream, readFileSync } from 'node:fs'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { parse } from 'csv-parse'
import * as z from 'zod'
import { getLocalServer, startServer } from '../e2e/server.ts'

const LOOK_MS = 50
const TIMEOUT_MS = 1_800_000

const rows = z.coerce
  .number()
  .int()
  .min(1)
  .parse(parseArgs({ options: { rows: { type: 'string', default: '5000' } } }).values.rows)

const server = await startServer({ REGISTRY_SAMPLE: '0', REGISTRY_SEAL_AFTER: '60' })
const folder = await mkdtemp(join(tmpdir(), 'registry-bench-audit-'))

/** The most memory that a process ever had, in MB; null when it is gone. */
function peakMemory(pid: number): number | null {
  try {
    // One that is ending has no memory any more.
    const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return kilobytes === undefined ? null : Math.round(Number(kilobytes) / 1024)
  } catch {
    return null
  }
}

const environment = { REGISTRY_URL: server.url, REGISTRY_USER: 'provider', REGISTRY_PASSWORD: 'provider' }

/** Runs a command; its time in seconds, the most memory in MB, and what it printed. */
async function run(...words: string[]): Promise<{ seconds: number; most_mb: number; stdout: string }> {
  const startedAt = performance.now()
  const child: ChildProcess = spawn(process.execPath, ['cli/main.ts', ...words], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let [stdout, mb, running] = ['', 0, true]
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  const looking = (async () => {
    for (; running; await wait(LOOK_MS)) mb = Math.max(mb, peakMemory(child.pid ?? 0) ?? 0)
  })()
  const [code]: unknown[] = await once(child, 'close')
  running = false
  await looking
  if (code !== 0) throw new Error(`registry ${words[0]} ended with ${code}: ${stdout}`)
  return { seconds: Math.round(performance.now() - startedAt) / 1000, most_mb: mb, stdout }
}

const summary = z.object({ items: z.array(z.object({ action: z.string(), count: z.number() })) })
const created = async () => {
  const { items } = summary.parse(JSON.parse((await run('report', '--json')).stdout))
  return items.filter(({ action }) => action === 'create').reduce((sum, { count }) => sum + count, 0)
}

async function measure() {
  const source = join(folder, 'rows.csv')
  const lines = Array.from({ length: rows }, (_, n) => `${n},Surname${n % 977},Given${n},19${10 + (n % 89)}-01-02`)
  await writeFile(source, `id,surname,given_name,dob\n${lines.join('\n')}\n`)
  const ingested = await run('ingest', source, '--source', 'bench')
  const before = performance.now()
  while ((await created()) < rows) {
    if (performance.now() - before > TIMEOUT_MS) throw new Error('the lines do not come')
    await wait(1000)
  }
  const settled = Math.round(performance.now() - before) / 1000

  const { pid, engine } = await getLocalServer(server).processes()
  const memory = () => ({ location: peakMemory(pid), tables: peakMemory(engine ?? 0) })
  const before_mb = memory()
  const file = join(folder, 'audit.csv')
  const exported = await run('audit', '--action', 'create', '--format', 'csv', '--out', file)
  const after_mb = memory()
  const [ids, records] = [new Set<string>(), new Set<string>()]
  let count = 0
  for await (const row of createReadStream(file).pipe(parse<{ id: string; record: string }>({ columns: true }))) {
    count += 1
    ids.add(row.id)
    records.add(row.record)
  }

  const sealed = z.object({ entries: z.number(), seals: z.number(), seconds: z.number() }).loose()
  const verified = async () => sealed.parse(JSON.parse((await run('audit', 'verify', '--json')).stdout))
  while ((await verified()).entries < rows) await wait(1000)
  const { entries, seals, seconds, differences } = await verified()

  return {
    rows,
    ingest_s: ingested.seconds,
    until_all_lines_s: settled,
    export: {
      entries: count,
      distinct: ids.size,
      records: records.size,
      mb: Math.round((await stat(file)).size / 1e5) / 10,
      seconds: exported.seconds,
      most_mb: exported.most_mb,
    },
    server_most_mb: { before: before_mb, after: after_mb },
    verify: { entries, seals, seconds, differences },
  }
}

try {
  console.log(JSON.stringify(await measure(), null, 1))
} finally {
  await server.stop()
  await rm(folder, { recursive: true })
}

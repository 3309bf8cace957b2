/**
 * `npm run test:fuzz`: tests the API against its OpenAPI document with Schemathesis, as provider, as agent and without a token, each on a
 * server of its own with the sample data. Needs Python 3, with which it installs Schemathesis once under `~/.cache`. Arguments after `--`
 * choose roles. Ends with a line of counts for each role; exit code 1 if something was found.
 */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { token } from '#contract/schemas/service.ts'
import { USERS } from '#local/names.ts'
import { freePorts } from '../e2e/free-ports.ts'
import { ServerProcess } from '../e2e/server.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const SETTINGS = join(ROOT, 'test/fuzz')
const VENV = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'customer-registry/schemathesis')

/** More than a run sends: what is tested here is not the budget. */
const LOOKUP_BUDGET = '1000000'

const ROLES = ['provider', 'agent', 'public'] as const
type Role = (typeof ROLES)[number]

const report = z.object({
  running_time: z.number(),
  test_cases: z.object({ generated: z.number(), unique_failures: z.number(), errored: z.number() }),
})

/** Installs Schemathesis, unless it is installed. Returns why it cannot be had; null if it can. */
function installSchemathesis(): string | null {
  if (spawnSync('python3', ['--version']).status !== 0)
    return 'Python 3 is missing: install it, with its module venv, so that python3 is on the PATH'
  const { status, stdout } = spawnSync(join(ROOT, '.ci/venv'), [VENV, join(ROOT, '.ci/requirements-fuzz.txt')], {
    encoding: 'utf8',
  })
  return status === 0 ? null : `Schemathesis could not be installed: ${stdout.trim()}`
}

/** The arguments that authenticate a role. */
async function authenticate(url: string, role: Role): Promise<string[]> {
  if (role === 'public') return []
  const response = await fetch(`${url}/v1/auth/token`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ username: role, password: USERS[role].password }),
  })
  const { access_token } = token.parse(await response.json())
  return ['--header', `Authorization: Bearer ${access_token}`]
}

/** Runs Schemathesis as one role on a new server. Returns whether it found nothing. */
async function fuzz(role: Role, folder: string): Promise<boolean> {
  const port = await freePorts()
  const server = new ServerProcess({
    REGISTRY_PORT: String(port),
    REGISTRY_DATA: join(folder, role),
    REGISTRY_LOOKUP_BUDGET: LOOKUP_BUDGET,
  })
  try {
    await server.ready()
    const url = `http://127.0.0.1:${port}`
    const reportFile = join(folder, `${role}.json`)
    const options = ['--report', 'json', '--report-json-path', reportFile, '--no-color']
    const config = ['--config-file', join(SETTINGS, 'schemathesis.toml')]
    const target = ['run', `${url}/openapi.json`, ...(await authenticate(url, role))]
    // Schemathesis leaves files in the working directory.
    const program = spawn(join(VENV, 'bin/st'), [...config, ...target, ...options], {
      cwd: folder,
      env: { ...process.env, PYTHONPATH: SETTINGS, PYTHONDONTWRITEBYTECODE: '1' },
      stdio: 'inherit',
    })
    const [code]: unknown[] = await once(program, 'close')
    const { test_cases, running_time } = report.parse(JSON.parse(await readFile(reportFile, 'utf8')))
    const { generated, unique_failures, errored } = test_cases
    console.log(
      `fuzz as ${role}: ${generated} requests, ${unique_failures} failures, ${errored} errors, ${Math.round(running_time)} s`,
    )
    return code === 0
  } finally {
    server.signal('SIGTERM')
    await server.exit
  }
}

/** Runs the roles that were asked for, or all. Returns whether none of them found anything. */
async function fuzzAll(folder: string, chosen: readonly string[]): Promise<boolean> {
  let isClean = true
  for (const role of ROLES)
    if (chosen.length === 0 || chosen.includes(role)) isClean = (await fuzz(role, folder)) && isClean
  return isClean
}

const reason = installSchemathesis()
if (reason !== null) {
  console.error(`test:fuzz cannot run. ${reason}`)
  process.exit(1)
}
const folder = await mkdtemp(join(tmpdir(), 'registry-fuzz-'))
try {
  const isClean = await fuzzAll(folder, process.argv.slice(2))
  process.exitCode = isClean ? 0 : 1
} finally {
  await rm(folder, { recursive: true, force: true })
}

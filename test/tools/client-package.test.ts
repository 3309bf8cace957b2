import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import * as z from 'zod'
import about from '../../package.json' with { type: 'json' }
import { startServer, type TestServer } from '../e2e/server.ts'
import { PASSWORDS } from '../e2e/target.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const exec = promisify(execFile)

/** Runs a program; its output is part of the error. */
const run = async (program: string, args: readonly string[], cwd: string): Promise<string> => {
  const result = await exec(program, [...args], { cwd }).catch(({ stdout, stderr }) => {
    throw new Error(`${program} ${args.join(' ')}: ${stdout}${stderr}`)
  })
  return result.stdout
}

const toProgram = (url: string, from: string) => `
import { registryAt } from '${from}'

const url = '${url}'
const login = await registryAt({ url }).POST('/v1/auth/token', { body: { username: 'agent', password: '${PASSWORDS.agent}' } })
const registry = registryAt({ url, token: login.data?.access_token ?? '' })
const created = await registry.POST('/v1/customers', { body: { surname: 'Solberg', dob: '1961-04' } })
if (created.error) throw new Error(created.error.detail)
const { id, etag } = created.data
const header = { 'If-Match': etag ?? '' }
const changed = await registry.PATCH('/v1/customers/{id}', { params: { path: { id }, header }, body: { given_name: 'Liv' } })
console.log(changed.response.status, changed.data?.given_name, changed.data?.dob)
`

let server: TestServer
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'registry-project-'))
  server = await startServer()
  await run(process.execPath, ['tools/package.ts', '--out', folder], ROOT)
})
afterAll(async () => {
  await server.stop()
  await rm(folder, { recursive: true })
})

/** A new project in which the package, or a copy of the client's sources, is installed with the dependencies that the package names. */
async function createProject(name: string, from: 'package' | 'copy'): Promise<string> {
  const project = join(folder, name)
  const modules = join(project, 'node_modules')
  await mkdir(join(modules, about.name), { recursive: true })
  await writeFile(join(project, 'package.json'), JSON.stringify({ name: 'project', type: 'module' }))
  const tarball = join(folder, `${about.name}-${about.version}.tgz`)
  await run('tar', ['-xzf', tarball, '-C', join(modules, about.name), '--strip-components', '1'], folder)
  const manifest = z.object({ dependencies: z.record(z.string(), z.string()) })
  const { dependencies } = manifest.parse(JSON.parse(await readFile(join(modules, about.name, 'package.json'), 'utf8')))
  for (const dependency of Object.keys(dependencies)) {
    await mkdir(dirname(join(modules, dependency)), { recursive: true })
    await symlink(`${ROOT}node_modules/${dependency}`, join(modules, dependency))
  }
  if (from === 'copy') {
    await rm(join(modules, about.name), { recursive: true })
    for (const file of ['registry.ts', 'paths.ts']) await cp(`${ROOT}client/${file}`, join(project, 'client', file))
  }
  await writeFile(
    join(project, 'main.ts'),
    toProgram(server.url, from === 'package' ? about.name : './client/registry.js'),
  )
  return project
}

describe.each([
  ['TypeScript 6', 'node_modules/typescript/bin/tsc6'],
  ['TypeScript 7', 'node_modules/@typescript/native/bin/tsc'],
])('a new project of %s', (compiler, path) => {
  const tsc = (project: string, ...args: string[]) => run(process.execPath, [join(ROOT, path), ...args], project)

  test.each([
    ['the package', 'nodenext', 'package'],
    ['the package', 'bundler', 'package'],
    ['a copy of the sources', 'nodenext', 'copy'],
  ] as const)(
    'compiles and runs a program with %s, with the default settings and module resolution %s',
    async (_, resolution, from) => {
      const project = await createProject(`${compiler}-${resolution}-${from}`, from)
      await tsc(project, '--init')
      const settings = resolution === 'bundler' ? ['--module', 'esnext', '--moduleResolution', 'bundler'] : []
      await tsc(project, '--project', '.', ...settings)
      expect(await run(process.execPath, ['main.js'], project)).toBe('200 Liv 1961-04\n')
    },
  )

  test('is refused a member that customers do not have', async () => {
    const project = await createProject(`${compiler}-mistake`, 'package')
    const program = await readFile(join(project, 'main.ts'), 'utf8')
    await writeFile(join(project, 'main.ts'), program.replace('data?.given_name', 'data?.first_name'))
    await tsc(project, '--init')
    await expect(tsc(project, '--noEmit', '--project', '.')).rejects.toThrow("Property 'first_name' does not exist")
  })
})

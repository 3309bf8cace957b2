import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import about from '../../package.json' with { type: 'json' }

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const run = promisify(execFile)

let folder: string
let program: string
/** Without the project's own Node in front. */
const environment: NodeJS.ProcessEnv = {
  ...process.env,
  PATH: (process.env.PATH ?? '')
    .split(delimiter)
    .filter(path => !path.includes('node_modules'))
    .join(delimiter),
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'registry-package-'))
  await run(process.execPath, ['tools/package.ts', '--out', folder], { cwd: ROOT })
  const tarball = join(folder, `${about.name}-${about.version}.tgz`)
  // Its dependencies are in the bundle already, so that a package without them shows whether that is so.
  await run('tar', ['-xzf', tarball, '-C', folder])
  program = join(folder, 'package', about.bin.registry)
}, 180_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

test('the package installs none of the dependencies of the server', async () => {
  const manifest = JSON.parse(await readFile(join(folder, 'package', 'package.json'), 'utf8'))
  expect(Object.keys(manifest.dependencies)).toEqual(['openapi-fetch'])
  expect(manifest).not.toHaveProperty('optionalDependencies')
})

test.each([
  ['the Node of the project', process.execPath],
  ['the Node on the path', 'node'],
])('the packed command line runs with %s, without dependencies', async (_, node) => {
  const options = { cwd: folder, env: environment }
  const { stdout } = await run(node, [program, '--version'], options)
  expect(stdout).toBe(`registry ${about.version}\n`)
  const refused = run(node, [program, 'list', '--url', 'nowhere'], options)
  await expect(refused).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('URL is invalid') })
})

test('it runs by its name, and reads .env in the current folder', async () => {
  await writeFile(join(folder, '.env'), 'REGISTRY_URL=http://127.0.0.1:2\n')
  const { REGISTRY_URL: _, ...env } = environment
  await expect(run(program, ['list', '--patience', '0'], { cwd: folder, env })).rejects.toMatchObject({
    stderr: expect.stringContaining('no answer from http://127.0.0.1:2'),
  })
  const set = { ...env, REGISTRY_URL: 'http://127.0.0.1:3' }
  await expect(run(program, ['list', '--patience', '0'], { cwd: folder, env: set })).rejects.toMatchObject({
    stderr: expect.stringContaining('no answer from http://127.0.0.1:3'),
  })
})

/**
 * `npm run package`: makes an npm package of the command line and the typed client, dist/customer-registry-VERSION.tgz; `-- --out FOLDER`
 * makes it there. It has its own package.json, because it needs none of the server's dependencies.
 */
import { execFileSync } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import about from '../package.json' with { type: 'json' }

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const { name, version, description, license, type, bin, engines, dependencies } = about

const MANIFEST = {
  ...{ name, version, description, license, type, bin, engines },
  main: './client/registry.js',
  types: './client/registry.d.ts',
  exports: { '.': { types: './client/registry.d.ts', default: './client/registry.js' } },
  dependencies: { 'openapi-fetch': dependencies['openapi-fetch'] },
}

const run = (program: string, ...args: string[]) =>
  execFileSync(program, args, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] })

const { out } = parseArgs({ options: { out: { type: 'string', default: join(ROOT, 'dist') } } }).values
const folder = await mkdtemp(join(tmpdir(), 'registry-package-'))
try {
  run(process.execPath, 'tools/package-cli.mjs', join(folder, bin.registry))
  run('node_modules/.bin/tsc', '--project', 'client', '--outDir', join(folder, 'client'))
  for (const file of ['LICENSE', 'client/postman.json']) await copyFile(join(ROOT, file), join(folder, file))
  await writeFile(join(folder, 'package.json'), `${JSON.stringify(MANIFEST, null, 2)}\n`)
  await mkdir(out, { recursive: true })
  run('npm', 'pack', folder, '--silent', '--pack-destination', out)
} finally {
  await rm(folder, { recursive: true })
}

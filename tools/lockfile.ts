/**
 * `npm run lockfile`, after every `npm install`: adds optional packages of other platforms to package-lock.json that npm left out because
 * the configured registry does not serve them. Without them `npm ci` refuses the file.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import * as z from 'zod'

const entry = z.looseObject({
  version: z.string().optional(),
  dev: z.boolean().optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
})
const lockfile = z.looseObject({ packages: z.record(z.string(), entry) })

const SYSTEMS = ['darwin', 'linux', 'win32', 'android', 'freebsd', 'openharmony']
const PROCESSORS = ['x64', 'arm64', 'ia32', 'ppc64', 'riscv64', 's390x', 'arm', 'loong64']

/** The platform in the name of a binary package: `core-win32-arm64-msvc`. */
function toPlatform(name: string) {
  const words = name.split(/[-/]/)
  const os = SYSTEMS.filter(system => words.includes(system))
  const cpu = PROCESSORS.filter(processor => words.includes(processor))
  return { ...(os.length > 0 ? { os } : {}), ...(cpu.length > 0 ? { cpu } : {}) }
}

const file = fileURLToPath(new URL('../package-lock.json', import.meta.url))
const lock = lockfile.parse(JSON.parse(await readFile(file, 'utf8')))
const { packages } = lock
let added = 0
for (const [path, { dev, optionalDependencies = {} }] of Object.entries(packages)) {
  for (const [name, range] of Object.entries(optionalDependencies)) {
    const places = [`${path}/node_modules/${name}`, `node_modules/${name}`]
    // A range is named by its lowest version. Any version in its place may be one of it.
    const lowest = /^[\^~]?(\d\S*)$/.exec(range)?.[1]
    const fits = (there?: string) => there !== undefined && (there === range || lowest !== range)
    if (path === '' || lowest === undefined || places.some(place => fits(packages[place]?.version))) continue
    const place = `node_modules/${name}` in packages ? `${path}/node_modules/${name}` : `node_modules/${name}`
    packages[place] = { version: lowest, ...(dev ? { dev } : {}), optional: true, ...toPlatform(name) }
    added += 1
  }
}
const sorted = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)))
await writeFile(file, `${JSON.stringify({ ...lock, packages: sorted }, null, 2)}\n`)
console.log(`${added} optional packages named`)

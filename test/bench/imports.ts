/**
 * `npm run -s bench:import`: each function's bundle: how large it is, and how long a fresh process takes to import it, beside one that
 * imports an empty handler. In milliseconds, the median of several runs that take turns, so that what else the machine does hits all alike.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { bundleAll, DIST } from '#lib/bundle.ts'

const runs = Number(process.argv[2] ?? 9)
const EMPTY = 'empty'

/** What a function is told, so that it can be loaded; nothing of it is reached. */
const environment = {
  ...process.env,
  REGISTRY_LOCATION: 'loc1',
  REGISTRY_TABLE: 'registry',
  VIEWS_TABLE: 'views',
  TOKEN_ISSUER: 'https://issuer.example',
  TOKEN_CLIENT_ID: 'client',
  AWS_REGION: 'eu-west-1',
}

function importTime(file: string): number {
  const script = `const start = performance.now(); const { handler } = await import(${JSON.stringify(file)});
if (typeof handler !== 'function') throw new Error('no handler'); console.log(performance.now() - start)`
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    env: environment,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(stderr)
  return Number(stdout.trim().split('\n').at(-1))
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

const bundles = await bundleAll()
mkdirSync(`${DIST}${EMPTY}`)
writeFileSync(`${DIST}${EMPTY}/handler.mjs`, 'export const handler = async () => undefined\n')
const all = [{ name: EMPTY, bytes: 0, lazyBytes: 0, assetBytes: 0 }, ...bundles]
const times = new Map(all.map(({ name }): [string, number[]] => [name, []]))
for (let run = 0; run < runs; run++)
  for (const { name } of all) times.get(name)?.push(importTime(`${DIST}${name}/handler.mjs`))

const row = (...cells: (string | number)[]) =>
  cells.map((cell, n) => (n === 0 ? String(cell).padEnd(14) : String(cell).padStart(12))).join('')
console.log(row('function', 'KB', 'KB beside', 'import ms'))
for (const { name, bytes, lazyBytes, assetBytes } of all)
  console.log(
    row(
      name,
      (bytes / 1000).toFixed(0),
      ((lazyBytes + assetBytes) / 1000).toFixed(0),
      median(times.get(name) ?? []).toFixed(1),
    ),
  )

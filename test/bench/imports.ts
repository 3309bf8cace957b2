/**
 * `npm run -s bench:import`: measures the size of each function's bundle and the time that a fresh process takes to import it,
 * beside an empty handler for comparison. Times are medians in milliseconds. Runs of the bundles alternate, so that other load affects all alike.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { bundleAll, DIST } from '#lib/bundle.ts'

const runs = Number(process.argv[2] ?? 9)
const EMPTY = 'empty'

/** The environment that a function needs to load. No endpoint in it is contacted. */
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

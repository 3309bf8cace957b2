/** `npm run bundle`: each function as the one file that is deployed, under dist/, and how large it is. */
import { cp, mkdir, readdir, rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = new URL('../', import.meta.url)
const path = (relative: string) => fileURLToPath(new URL(relative, root))

/** ES modules that call `require` for Node's own modules, as the SDK's do, need one. */
const banner = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);"

/** Files of a package that a function reads as they are. */
const files: Record<string, string[]> = {
  docs: ['swagger-ui-dist/package.json', 'swagger-ui-dist/swagger-ui.css', 'swagger-ui-dist/swagger-ui-bundle.js'],
}

await rm(path('dist'), { recursive: true, force: true })
const entries = await readdir(path('functions'), { withFileTypes: true })
for (const { name } of entries.filter(entry => entry.isDirectory())) {
  const { metafile } = await build({
    entryPoints: [path(`functions/${name}/handler.ts`)],
    outfile: path(`dist/${name}/handler.mjs`),
    bundle: true,
    minify: true,
    metafile: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    banner: { js: banner },
    external: ['swagger-ui-dist'],
  })
  for (const file of files[name] ?? []) {
    await mkdir(path(`dist/${name}/node_modules/${file}/..`), { recursive: true })
    await cp(path(`node_modules/${file}`), path(`dist/${name}/node_modules/${file}`))
  }
  const bytes = Object.values(metafile.outputs).reduce((sum, output) => sum + output.bytes, 0)
  console.log(`${name.padEnd(12)}${(bytes / 1000).toFixed(0).padStart(6)} KB`)
}

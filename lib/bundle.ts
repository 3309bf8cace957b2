/** Bundles each function, for the stacks and for `npm run bundle`. */
import { globSync } from 'node:fs'
import { cp, mkdir, rm, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import { build, type Metafile, type Plugin } from 'esbuild'
import * as z from 'zod'
import {
  builtinsPlugin,
  lambdaCredentialsPlugin,
  lazyRegexPlugin,
  REGEX_FILE,
  REGEX_PACKAGE,
  unusedSchemasPlugin,
  withoutJsonSchemaPlugin,
} from './bundle-plugins.ts'

const root = new URL('../', import.meta.url)
const toPath = (relative: string) => fileURLToPath(new URL(relative, root))

/** The folder of the bundles. */
export const DIST = toPath('dist/')

/** ES modules that call `require` for Node's own modules, as some libraries do, need one. */
const banner = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);"

/** Files of packages that functions read. */
const packageFiles: Record<string, string[]> = {
  docs: ['swagger-ui-dist/package.json', 'swagger-ui-dist/swagger-ui.css', 'swagger-ui-dist/swagger-ui-bundle.js'],
}

/** Functions that return the API document. */
const DESCRIBING_FUNCTIONS = new Set(['service'])

const PACKED_TABLES = 'letters.br'
const readerSource = `
import { readFileSync } from 'node:fs'
let blocks
const readBlocks = () => {
  const { brotliDecompressSync } = process.getBuiltinModule('node:zlib')
  return JSON.parse(brotliDecompressSync(readFileSync(new URL('./${PACKED_TABLES}', import.meta.url))).toString())
}
export default number => {
  blocks ??= readBlocks()
  return blocks[number] ?? ''
}
`

/** Blocks of 256 characters up to the end of Unicode. */
const BLOCK_COUNT = 0x11_00
const blockModule = z.object({ default: z.custom<(number: number) => string>(it => typeof it === 'function') })

/** any-ascii's tables, compressed. They are most of what a function would have to parse before its first response. */
async function packTables(): Promise<Buffer> {
  const file = new URL('./block.js', import.meta.resolve('any-ascii')).href
  const { default: block } = blockModule.parse(await import(file))
  const blocks = Array.from({ length: BLOCK_COUNT }, (_, number): [number, string] => [number, block(number)])
  const text = JSON.stringify(Object.fromEntries(blocks.filter(([, characters]) => characters !== '')))
  return promisify(brotliCompress)(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })
}

/** Makes the tables load from a file beside the bundle with the first non-ASCII character. */
const packedTablesPlugin: Plugin = {
  name: 'packed letters',
  setup(buildContext) {
    buildContext.onLoad({ filter: /any-ascii\/block\.js$/ }, () => ({ contents: readerSource }))
  },
}

/** Leaves out the index in memory: instances of a function share no memory, so every stack names OpenSearch or no index. */
const withoutMemoryIndexPlugin: Plugin = {
  name: 'without the index in memory',
  setup(buildContext) {
    buildContext.onLoad({ filter: /memory-search\/(memory|thread)-index\.ts$/ }, () => ({
      contents: `export class MemoryIndex {
        constructor() {
          throw new Error('The index in memory is for one machine: set OPENSEARCH_ENDPOINT, or SEARCH_INDEX to none')
        }
      }
      export { MemoryIndex as ThreadIndex }`,
    }))
  },
}

/** Leaves out what only the table engine of one machine gains from. */
const withoutGroupedWritesPlugin: Plugin = {
  name: 'without grouped writes',
  setup(buildContext) {
    buildContext.onLoad({ filter: /dynamodb\/grouped-writes\.ts$/ }, () => ({
      contents: `export class GroupedWrites {
        constructor() {
          throw new Error('Grouped writes are for one machine: leave DYNAMODB_CLIENT out')
        }
      }`,
    }))
  },
}

/** The maximum size of what a function loads at its start, in bytes. */
export const MAX_BUNDLE_BYTES = 400_000

export interface Bundle {
  name: string
  /** The handler and what it imports at its start, minified. */
  bytes: number
  /** Modules beside it that are imported on demand, minified. */
  lazyBytes: number
  /** Other files beside it, which are read on demand. */
  assetBytes: number
}

/** The names of all functions: the folders under functions/ with a handler. */
export const listFunctionNames = (): string[] =>
  globSync('*/handler.ts', { cwd: toPath('functions') })
    .map(file => dirname(file))
    .sort()

/** Builds functions' bundles, each in its own folder under `into`: all of them, or the named ones. */
export async function bundleAll(outputFolder = DIST, names?: readonly string[]): Promise<Bundle[]> {
  await rm(outputFolder, { recursive: true, force: true })
  const packedTables = await packTables()
  const selectedNames = names ?? listFunctionNames()
  return Promise.all(selectedNames.map(name => buildBundle(name, `${outputFolder}${name}`, packedTables)))
}

/** The files that are loaded before the first event: all but those that are imported lazily. */
function toStartFiles(outputs: Metafile['outputs']): Set<string> {
  const files = new Set(Object.keys(outputs).filter(file => file.endsWith('/handler.mjs')))
  for (const file of files)
    for (const { kind, path } of outputs[file]?.imports ?? []) if (kind === 'import-statement') files.add(path)
  return files
}

/** Bundles the package of regular expressions for `require`. Returns its size in bytes. */
async function bundleRegexPackage(outfile: string): Promise<number> {
  const entry = fileURLToPath(import.meta.resolve(REGEX_PACKAGE))
  await build({ entryPoints: [entry], outfile, bundle: true, minify: true, platform: 'node', format: 'cjs' })
  return (await stat(outfile)).size
}

async function buildBundle(name: string, folder: string, packedTables: Buffer): Promise<Bundle> {
  const { metafile } = await build({
    entryPoints: [{ in: toPath(`functions/${name}/handler.ts`), out: 'handler' }],
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    // Lazily imported modules become files of their own.
    splitting: true,
    minify: true,
    metafile: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    // Unused parts of ES modules can be left out; those of CommonJS cannot.
    mainFields: ['module', 'main'],
    banner: { js: banner },
    external: ['swagger-ui-dist'],
    plugins: [
      builtinsPlugin,
      lambdaCredentialsPlugin,
      lazyRegexPlugin,
      // The first plugin that loads a module decides.
      ...(DESCRIBING_FUNCTIONS.has(name) ? [] : [withoutJsonSchemaPlugin]),
      unusedSchemasPlugin,
      packedTablesPlugin,
      withoutMemoryIndexPlugin,
      withoutGroupedWritesPlugin,
    ],
  })
  const outputs = Object.values(metafile.outputs)
  const atStart = toStartFiles(metafile.outputs)
  const sizeOf = (isCounted: (file: string) => boolean) =>
    Object.entries(metafile.outputs).reduce((sum, [file, output]) => sum + (isCounted(file) ? output.bytes : 0), 0)
  const bytes = sizeOf(file => atStart.has(file))
  const lazyBytes = sizeOf(file => !atStart.has(file))
  let assetBytes = 0
  // Unused imports do not appear in the output.
  const usesInput = (file: RegExp) => outputs.some(({ inputs }) => Object.keys(inputs).some(input => file.test(input)))
  if (usesInput(/any-ascii\/block\.js$/)) {
    await writeFile(`${folder}/${PACKED_TABLES}`, packedTables)
    assetBytes += packedTables.length
  }
  if (usesInput(/^lazy:/)) assetBytes += await bundleRegexPackage(`${folder}/${REGEX_FILE}`)
  for (const file of packageFiles[name] ?? []) {
    const [from, to] = [toPath(`node_modules/${file}`), `${folder}/node_modules/${file}`]
    await mkdir(new URL('.', `file://${to}`), { recursive: true })
    await cp(from, to)
    assetBytes += (await stat(from)).size
  }
  return { name, bytes, lazyBytes, assetBytes }
}

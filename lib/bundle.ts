/** Each function as it is deployed: the same for the stacks, for `npm run bundle` and for its measure. */
import { cp, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import { build, type Plugin } from 'esbuild'
import * as z from 'zod'

const root = new URL('../', import.meta.url)
const path = (relative: string) => fileURLToPath(new URL(relative, root))

/** Where the bundles are. */
export const DIST = path('dist/')

/** ES modules that call `require` for Node's own modules, as some libraries do, need one. */
const banner = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);"

/** Files of a package that a function reads as they are. */
const files: Record<string, string[]> = {
  docs: ['swagger-ui-dist/package.json', 'swagger-ui-dist/swagger-ui.css', 'swagger-ui-dist/swagger-ui-bundle.js'],
}

/** Functions that import a part of theirs when they need it: a file of its own. The authorizer writes when it refuses, which is seldom. */
const divided = ['authorizer']

const LETTERS = 'letters.br'
const reader = `
import { readFileSync } from 'node:fs'
import { brotliDecompressSync } from 'node:zlib'
let blocks
export default number => {
  blocks ??= JSON.parse(brotliDecompressSync(readFileSync(new URL('./${LETTERS}', import.meta.url))).toString())
  return blocks[number] ?? ''
}
`

/** Blocks of 256 letters up to the end of Unicode. */
const BLOCKS = 0x11_00
const blockOf = z.object({ default: z.custom<(number: number) => string>(it => typeof it === 'function') })

/** any-ascii's tables, packed: they are the greater part of what a function would have to parse before its first answer. */
async function letters(): Promise<Buffer> {
  const file = new URL('./block.js', import.meta.resolve('any-ascii')).href
  const { default: block } = blockOf.parse(await import(file))
  const blocks = Array.from({ length: BLOCKS }, (_, number): [number, string] => [number, block(number)])
  const text = JSON.stringify(Object.fromEntries(blocks.filter(([, letters]) => letters !== '')))
  return promisify(brotliCompress)(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })
}

/** Has the tables read from a file beside the bundle, when the first letter is met that is not ASCII. */
const packedLetters: Plugin = {
  name: 'packed letters',
  setup(bundle) {
    bundle.onLoad({ filter: /any-ascii\/block\.js$/ }, () => ({ contents: reader }))
  },
}

export interface Bundle {
  name: string
  /** The handler and what it imports, minified. */
  bytes: number
  /** Files that lie beside it and are read when they are needed. */
  beside: number
}

/** Names of all functions: the folders under functions/. */
export async function functionNames(): Promise<string[]> {
  const entries = await readdir(path('functions'), { withFileTypes: true })
  return entries
    .filter(entry => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
}

/** Makes functions' bundles anew, each in a folder of its own under `into`: all of them, or those named. */
export async function bundleAll(into = DIST, names?: readonly string[]): Promise<Bundle[]> {
  await rm(into, { recursive: true, force: true })
  const packed = await letters()
  const wanted = names ?? (await functionNames())
  return Promise.all(wanted.map(name => bundle(name, `${into}${name}`, packed)))
}

async function bundle(name: string, folder: string, packed: Buffer): Promise<Bundle> {
  const { metafile } = await build({
    entryPoints: [{ in: path(`functions/${name}/handler.ts`), out: 'handler' }],
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: divided.includes(name),
    minify: true,
    metafile: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    // What packages have as modules can be left out where it is not used; their CommonJS cannot.
    mainFields: ['module', 'main'],
    banner: { js: banner },
    external: ['swagger-ui-dist'],
    plugins: [packedLetters],
  })
  const outputs = Object.values(metafile.outputs)
  const bytes = outputs.reduce((sum, output) => sum + output.bytes, 0)
  let beside = 0
  // What is imported and not used is left out of the output.
  if (outputs.some(({ inputs }) => Object.keys(inputs).some(input => input.endsWith('any-ascii/block.js')))) {
    await writeFile(`${folder}/${LETTERS}`, packed)
    beside += packed.length
  }
  for (const file of files[name] ?? []) {
    const [from, to] = [path(`node_modules/${file}`), `${folder}/node_modules/${file}`]
    await mkdir(new URL('.', `file://${to}`), { recursive: true })
    await cp(from, to)
    beside += (await stat(from)).size
  }
  return { name, bytes, beside }
}

/** The limits of the web page: what each entry loads. The public page counts with everything that it ever loads, in all languages. */
import { existsSync, readFileSync } from 'node:fs'

const manifest = new URL('web/dist/.vite/manifest.json', import.meta.url)
const chunks = existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')) : {}

/** The files of a chunk and of the chunks that it imports; also of those that it imports later, if `later` is true. */
function filesOf(name, later, seen = new Set()) {
  if (seen.has(name) || !chunks[name]) return []
  seen.add(name)
  const { file, css = [], imports = [], dynamicImports = [] } = chunks[name]
  const next = [...imports, ...(later ? dynamicImports : [])]
  return [file, ...css, ...next.flatMap(it => filesOf(it, later, seen))]
}

const pathsOf = (entry, later) => [...new Set([entry, ...filesOf(entry, later)])].map(file => `web/dist/${file}`)

export default [
  { name: 'public page, all of it', path: pathsOf('index.html', true), limit: '50 kB', gzip: true },
  { name: 'signed-in app, first load', path: pathsOf('app.html', false), limit: '180 kB', gzip: true },
]

/**
 * `npm run -s openapi:diff -- BEFORE.json AFTER.json`: compares two OpenAPI documents without their descriptions and summaries. Prints each
 * place that differs; exit code 1 if there is one. `npm run -s openapi:print` prints the current document.
 */
import { readFile } from 'node:fs/promises'

const PROSE = new Set(['description', 'summary'])

/** Every value of a document by its JSON pointer. A member named like prose, such as a property, is kept. */
function flatten(node: unknown, pointer: string, values: Map<string, string>): Map<string, string> {
  if (typeof node !== 'object' || node === null) return values.set(pointer, JSON.stringify(node))
  for (const [name, child] of Object.entries(node))
    if (!(PROSE.has(name) && typeof child === 'string'))
      flatten(child, `${pointer}/${name.replaceAll('/', '~1')}`, values)
  return values
}

const read = async (file: string): Promise<Map<string, string>> =>
  flatten(JSON.parse(await readFile(file, 'utf8')), '#', new Map())

const [beforeFile, afterFile] = process.argv.slice(2)
if (beforeFile === undefined || afterFile === undefined) {
  console.error('Pass two files: npm run -s openapi:diff -- BEFORE.json AFTER.json')
  process.exit(2)
}
const [before, after] = await Promise.all([read(beforeFile), read(afterFile)])
const differing = [...new Set([...before.keys(), ...after.keys()])].filter(
  pointer => before.get(pointer) !== after.get(pointer),
)
for (const pointer of differing)
  console.log(`${pointer}: ${before.get(pointer) ?? 'absent'} → ${after.get(pointer) ?? 'absent'}`)
console.log(differing.length === 0 ? 'The documents differ only in descriptions' : `${differing.length} places differ`)
process.exitCode = differing.length === 0 ? 0 : 1

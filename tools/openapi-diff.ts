/**
 * `npm run -s openapi:diff -- BEFORE.json AFTER.json`: compares two OpenAPI documents without their descriptions and summaries. Prints each
 * place that differs; exit code 1 if there is one. `npm run -s openapi:print` prints the current document.
 */
import { readFile } from 'node:fs/promises'
import { documentDifferences } from './codegen/document-differences.ts'

const read = async (file: string): Promise<unknown> => JSON.parse(await readFile(file, 'utf8'))

const [beforeFile, afterFile] = process.argv.slice(2)
if (beforeFile === undefined || afterFile === undefined) {
  console.error('Pass two files: npm run -s openapi:diff -- BEFORE.json AFTER.json')
  process.exit(2)
}
const differences = documentDifferences(await read(beforeFile), await read(afterFile))
for (const difference of differences) console.log(difference)
console.log(
  differences.length === 0
    ? 'The documents differ only in descriptions'
    : `The documents differ in ${differences.length} places`,
)
process.exitCode = differences.length === 0 ? 0 : 1

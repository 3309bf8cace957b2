/**
 * `npm run generate`: generates the typed client and the Postman collection from the contract, under client/. With `--release`, it also
 * stores the API document of this version, against which later ones are checked.
 */
import { writeFile } from 'node:fs/promises'
import { openapi } from '#contract/openapi.ts'
import about from '../package.json' with { type: 'json' }
import { generateFiles } from './codegen/generate-files.ts'

const release = {
  [`docs/releases/openapi-${about.version}.json`]: `${JSON.stringify(openapi(about.version), null, 1)}\n`,
}
const files = { ...(await generateFiles()), ...(process.argv.includes('--release') ? release : {}) }
for (const [path, text] of Object.entries(files)) {
  await writeFile(new URL(`../${path}`, import.meta.url), text)
  console.log(`${path}  ${(text.length / 1000).toFixed(0)} KB`)
}

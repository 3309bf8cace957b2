import { openapi } from '#contract/openapi.ts'
import about from '../../package.json' with { type: 'json' }
import { toApiDocument } from './api-document.ts'
import { toCollection } from './postman.ts'
import { toTypes } from './types.ts'

/** The files that are generated from the contract, by path from the root. */
export async function generateFiles(): Promise<Record<string, string>> {
  return {
    'client/paths.ts': await toTypes(openapi(about.version)),
    'client/postman.json': `${JSON.stringify(toCollection(toApiDocument(about.version)), null, 2)}\n`,
  }
}

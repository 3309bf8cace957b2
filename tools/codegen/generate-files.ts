import about from '../../package.json' with { type: 'json' }
import { toApiDocument } from './api-document.ts'
import { toCollection } from './postman.ts'
import { toTypes } from './types.ts'

/** The files that are generated from the contract, by path from the root. */
export function generateFiles(): Record<string, string> {
  const document = toApiDocument(about.version)
  return {
    'client/paths.ts': toTypes(document),
    'client/postman.json': `${JSON.stringify(toCollection(document), null, 2)}\n`,
  }
}

import about from '../../package.json' with { type: 'json' }
import { documentOf } from './api-document.ts'
import { collectionOf } from './postman.ts'
import { typesOf } from './types.ts'

/** What is made from the contract and kept beside it: its files by their path, from the root. */
export function madeFromContract(): Record<string, string> {
  const document = documentOf(about.version)
  return {
    'client/paths.ts': typesOf(document),
    'client/postman.json': `${JSON.stringify(collectionOf(document), null, 2)}\n`,
  }
}

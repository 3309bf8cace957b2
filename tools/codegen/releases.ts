import { readdirSync, readFileSync } from 'node:fs'
import { type ApiDocument, apiDocument } from './api-document.ts'

export const RELEASES = new URL('../../docs/releases/', import.meta.url)

const NAME = /^openapi-(\d+\.\d+\.\d+)\.json$/

const inOrder = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true })

/** The API document of the last release. */
export function lastRelease(): ApiDocument {
  const names = readdirSync(RELEASES).filter(name => NAME.test(name))
  const last = names.sort(inOrder).at(-1) ?? ''
  return apiDocument.parse(JSON.parse(readFileSync(new URL(last, RELEASES), 'utf8')))
}

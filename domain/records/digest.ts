import { createHash, hash } from 'node:crypto'
import { canonicalJson } from '../canonical-json.ts'
import type { Clock } from './version.ts'

/** The first 96 bits of SHA-256, in base64url: 16 characters. */
export const digest = (value: unknown): string => hash('sha256', canonicalJson(value), 'base64url').slice(0, 16)

/** The first 132 bits of SHA-256, in base64url: 22 characters, where somebody may want two values of one digest. */
export const longDigest = (value: unknown): string => hash('sha256', canonicalJson(value), 'base64url').slice(0, 22)

/** An entity tag (RFC 9110, 8.8.3) of what a row has folded: equal tags, equal state. */
export const toEtag = (id: string, clock: Clock): string => `"${digest([id, clock])}"`

/** UUID version 5 (RFC 9562, 5.5): the same names give the same id. */
export function uuidV5(namespace: string, ...names: readonly string[]): string {
  const sha1 = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(canonicalJson(names))
    .digest()
  sha1.writeUInt8((sha1.readUInt8(6) & 0x0f) | 0x50, 6)
  sha1.writeUInt8((sha1.readUInt8(8) & 0x3f) | 0x80, 8)
  const hex = sha1.toString('hex', 0, 16)
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

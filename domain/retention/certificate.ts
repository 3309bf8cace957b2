import { createHmac } from 'node:crypto'
import { type Erasure, type ErasureAnswer, erasure } from '#contract/schemas/retention.ts'
import { type Sign, signPayload, verifyPayload } from '../signed.ts'

/** For how many days a table can be restored (35 in DynamoDB's point-in-time recovery). Until then, backups contain what was erased. */
const BACKUP_DAYS = 35

export const backupsUntil = (erased: string): string =>
  new Date(Date.parse(erased) + BACKUP_DAYS * 86_400_000).toISOString()

/** For how long a table's stream keeps the images of rows before and after each change. On one machine, they are removed at once. */
const STREAM_HOURS = 24

export const streamsUntil = (erased: string): string =>
  new Date(Date.parse(erased) + STREAM_HOURS * 3_600_000).toISOString()

/** Has a prefix, so that a signature made with the same key for another purpose is no certificate, and vice versa. */
const signing =
  (key: string): Sign =>
  text =>
    createHmac('sha256', key).update('certificate of an erasure\n').update(text).digest('base64url')

export const certified = (key: string, erasure: Erasure): ErasureAnswer => ({
  ...erasure,
  certificate: signPayload(signing(key), erasure),
})

/** Reads a certificate. If it was altered or signed with another key, it is reported as invalid, and nothing else. */
export function verifyCertificate(key: string, certificate: string): { valid: boolean; erasure: Erasure | null } {
  const payload = verifyPayload(signing(key), certificate)
  return payload === undefined ? { valid: false, erasure: null } : { valid: true, erasure: erasure.parse(payload) }
}

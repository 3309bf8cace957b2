import { createHmac } from 'node:crypto'
import { type Erasure, type ErasureAnswer, erasure } from '#contract/schemas/retention.ts'
import { type Sign, signPayload, verifyPayload } from '../signed.ts'

/** How many days back a table can be restored (DynamoDB's point-in-time recovery has 35): until then a backup holds what was erased. */
const BACKUP_DAYS = 35

export const backupsUntil = (erased: string): string =>
  new Date(Date.parse(erased) + BACKUP_DAYS * 86_400_000).toISOString()

/** With words of its own before the text: what the same key signs for other purposes is no certificate, nor the other way round. */
const signing =
  (key: string): Sign =>
  text =>
    createHmac('sha256', key).update('certificate of an erasure\n').update(text).digest('base64url')

export const certified = (key: string, told: Erasure): ErasureAnswer => ({
  ...told,
  certificate: signPayload(signing(key), told),
})

/** What a certificate says; of one that was changed in any way, or is another's, only that it is not valid. */
export function verifyCertificate(key: string, certificate: string): { valid: boolean; erasure: Erasure | null } {
  const said = verifyPayload(signing(key), certificate)
  return said === undefined ? { valid: false, erasure: null } : { valid: true, erasure: erasure.parse(said) }
}

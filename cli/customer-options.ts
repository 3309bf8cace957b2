import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { noteBody, statement } from '#contract/schemas/customer.ts'
import type { Client } from './client.ts'
import { toDetails } from './details.ts'
import { details, flag, startOfDay } from './option.ts'

const { type, surname, given_name, dob, document_number } = statement.shape

/** The options that state fields of a customer. */
export const customerOptions = {
  type: type.meta({ value: 'TYPE', description: 'PERSON (default), INSTITUTION or another type' }),
  surname: surname.meta({ value: 'NAME', description: 'the surname, or the name of an institution' }),
  'given-name': given_name.meta({ value: 'NAME', description: 'the given name' }),
  dob: dob.meta({ value: 'DATE', description: 'the date of birth, its month or its year' }),
  'dob-approximate': flag('the date of birth is an estimate'),
  'document-number': document_number.meta({
    value: 'NUMBER',
    description: 'the number of a passport or other document',
  }),
  detail: details,
  'valid-from': startOfDay('since when this holds').optional(),
}
const schema = z.object(customerOptions)

export const note = noteBody
  .unwrap()
  .shape.note.meta({ value: 'TEXT', description: 'the reason, which history and audit show' })

/** The option of a change that is made only to a certain state. A shell may have taken the quotes off the ETag. */
export const ifMatch = z
  .string()
  .min(1, 'is empty')
  .transform(etag => (/^[\w-]+$/.test(etag) ? `"${etag}"` : etag))
  .optional()
  .meta({
    value: 'ETAG',
    description: 'only if the customer still has this etag, which get, list and search --json print',
  })

/** The headers of a change: a retry is the same request, and with an ETag only that state is changed. */
export const toChangeHeaders = (etag?: string) => ({
  'Idempotency-Key': randomUUID(),
  ...(etag === undefined ? {} : { 'If-Match': etag }),
})

/** The body of a request that states these fields. */
export async function toStatement(client: Client, options: z.output<typeof schema>) {
  const { type, surname, dob, detail } = options
  return {
    ...{ type, surname, dob },
    given_name: options['given-name'],
    document_number: options['document-number'],
    valid_from: options['valid-from'],
    ...(options['dob-approximate'] ? { dob_approximate: true } : {}),
    ...(detail.length > 0 ? { details: await toDetails(client, detail) } : {}),
  }
}

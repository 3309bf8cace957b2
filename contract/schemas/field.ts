import * as z from 'zod'
import { fieldName } from './customer.ts'
import { line } from './text.ts'

export const fieldState = z.enum(['requested', 'authorised', 'rejected', 'removed'])

/** A field of the provider's own, kept under a customer's `details`. */
export const field = z.object({
  name: fieldName,
  label: line(100),
  type: z.enum(['text', 'number', 'date', 'boolean']),
  searchable: z.boolean(),
  state: fieldState,
})
export type Field = z.infer<typeof field>

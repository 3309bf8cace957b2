import * as z from 'zod'
import { customerType } from './customer.ts'
import { definitionState, nextDefinitions } from './definition.ts'
import { singleLineText } from './text.ts'
import { timestamp } from './time.ts'

/** A type of customers: a person, an institution, or one that the provider adds. */
export const typeDefinition = z.object({ name: customerType, label: singleLineText(100), state: definitionState })
export type TypeDefinition = z.infer<typeof typeDefinition>

export const requestTypeBody = z
  .strictObject({
    name: customerType,
    label: singleLineText(100).optional(),
  })
  .meta({ examples: [{ name: 'CLUB', label: 'Club' }] })
export const patchTypeBody = z
  .strictObject({ label: singleLineText(100) })
  .partial()
  .meta({ examples: [{ label: 'Clubs and societies' }] })
export const typeParams = z.strictObject({ name: customerType })

export const typeAnswer = typeDefinition
  .extend({
    built_in: z.boolean(),
    created_at: timestamp.nullable(),
    updated_at: timestamp.nullable(),
  })
  .meta({ id: 'CustomerType' })
export type TypeAnswer = z.infer<typeof typeAnswer>
export const typeList = z.object({ items: z.array(typeAnswer), next: nextDefinitions })

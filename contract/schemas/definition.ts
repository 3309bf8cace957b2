import * as z from 'zod'
import { pageQuery } from './customer.ts'

/** The state of a requested field or type. */
export const definitionState = z.enum(['requested', 'authorised', 'rejected', 'removed'])
export type DefinitionState = z.infer<typeof definitionState>

export const definitionsQuery = pageQuery.extend({ state: definitionState.optional() })
export const nextDefinitions = z.string().nullable()

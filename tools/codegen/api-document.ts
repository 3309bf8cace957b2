import * as z from 'zod'
import { openapi } from '#contract/openapi.ts'

/** The parts of JSON Schema that the generators read. */
export interface Schema {
  $ref?: string
  type?: string | string[]
  const?: unknown
  enum?: unknown[]
  anyOf?: Schema[]
  allOf?: Schema[]
  oneOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: Schema | boolean
  items?: Schema
  prefixItems?: Schema[]
  description?: string
  examples?: unknown[]
  [more: string]: unknown
}
const schema = z.custom<Schema>(it => typeof it === 'object' && it !== null)

const content = z.record(z.string(), z.object({ schema: schema }))
export type Content = z.infer<typeof content>

const parameter = z.object({
  name: z.string(),
  in: z.enum(['query', 'path', 'header']),
  required: z.boolean(),
  schema: schema,
})
export type Parameter = z.infer<typeof parameter>

const response = z.object({
  $ref: z.string().optional(),
  description: z.string().optional(),
  content: content.optional(),
})

const operation = z.object({
  operationId: z.string(),
  tags: z.array(z.string()),
  summary: z.string(),
  security: z.array(z.unknown()),
  parameters: z.array(parameter),
  requestBody: z.object({ required: z.boolean(), content: content }).optional(),
  responses: z.record(z.string(), response),
})
export type Operation = z.infer<typeof operation>

export const apiDocument = z.object({
  openapi: z.string(),
  info: z.object({ title: z.string(), version: z.string(), description: z.string().optional() }),
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.object({ schemas: z.record(z.string(), schema), responses: z.record(z.string(), response) }),
})
export type ApiDocument = z.infer<typeof apiDocument>

/** The contract as an OpenAPI document. */
export const toApiDocument = (version: string): ApiDocument => apiDocument.parse(openapi(version))

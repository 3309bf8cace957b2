import openapiTS, { astToString } from 'openapi-typescript'

const HEADER = '/** Made from contract/ by `npm run generate`: not to be changed by hand. */'

/** Alternatives beside a type are conditions, such as "one of these members is required". As types they would be `unknown`. */
function omitConditions(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('type' in value)) return value
  const isTyped = typeof value.type === 'string' || Array.isArray(value.type)
  return isTyped ? { ...value, anyOf: undefined, oneOf: undefined, allOf: undefined } : value
}

/** The types of an OpenAPI document, as openapi-fetch reads them. */
export async function toTypes(document: Record<string, unknown>): Promise<string> {
  const types = await openapiTS(JSON.stringify(document, omitConditions))
  return `${HEADER}\n${astToString(types)}`
}

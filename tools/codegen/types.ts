import { DYNAMIC_PARAM_PREFIX } from '#contract/schemas/text.ts'
import type { ApiDocument, Content, Operation, Parameter, Schema } from './api-document.ts'

const HEADER = `/** Made from contract/ by \`npm run generate\`: not to be changed by hand. What openapi-fetch calls \`paths\`. */`

const isName = (text: string): boolean => /^[A-Za-z_$][\w$]*$/.test(text)
const toKey = (name: string): string => (isName(name) ? name : JSON.stringify(name))

const indented = (text: string): string => text.replaceAll('\n', '\n  ')
const block = (members: readonly string[]): string =>
  members.length === 0 ? 'Record<string, never>' : `{\n  ${members.map(indented).join('\n  ')}\n}`

const toDocComment = (description: unknown): string =>
  typeof description === 'string' && description !== '' ? `/** ${description.replaceAll('*/', '* /')} */\n` : ''

const simple: Readonly<Record<string, string>> = {
  string: 'string',
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
  null: 'null',
}

const union = (types: readonly string[]): string => [...new Set(types)].join(' | ')
const inBrackets = (type: string): string => (/[|&]/.test(type) ? `(${type})` : type)

function objectType({ properties = {}, required = [], additionalProperties }: Schema): string {
  const members = Object.entries(properties).map(([name, property]) => {
    const optional = required.includes(name) ? '' : '?'
    return `${toDocComment(property.description)}${toKey(name)}${optional}: ${toType(property)}`
  })
  const open = additionalProperties === true || additionalProperties === undefined
  const more = typeof additionalProperties === 'object' ? toType(additionalProperties) : 'unknown'
  if (members.length > 0) return block(members)
  return open || typeof additionalProperties === 'object' ? `Record<string, ${more}>` : 'Record<string, never>'
}

function typeOfKind(kind: string, schema: Schema): string {
  if (kind === 'object') return objectType(schema)
  if (kind !== 'array') return simple[kind] ?? 'unknown'
  const { prefixItems, items } = schema
  if (prefixItems) return `[${prefixItems.map(toType).join(', ')}]`
  return `${inBrackets(items ? toType(items) : 'unknown')}[]`
}

/** A schema as a TypeScript type. */
export function toType(schema: Schema): string {
  const { $ref, enum: values, anyOf, oneOf, allOf, type } = schema
  if ($ref !== undefined) return `Schemas[${JSON.stringify($ref.split('/').at(-1))}]`
  if ('const' in schema) return JSON.stringify(schema.const)
  if (values) return union(values.map(value => JSON.stringify(value)))
  const either = anyOf ?? oneOf
  // Beside a type, alternatives are conditions.
  if (either && type === undefined) return union(either.map(toType))
  if (allOf && type === undefined) return allOf.map(schema => inBrackets(toType(schema))).join(' & ')
  if (type === undefined) return 'unknown'
  return union([type].flat().map(kind => typeOfKind(kind, schema)))
}

const contentType = (content: Content): string =>
  block(Object.entries(content).map(([media, { schema }]) => `${JSON.stringify(media)}: ${toType(schema)}`))

function parameterType({ name, required, schema }: Parameter): string {
  const { description, additionalProperties: value } = schema
  // The members of an object in a query are parameters.
  if (typeof value === 'object')
    return `${toDocComment(description)}[name: \`${value[DYNAMIC_PARAM_PREFIX]}\${string}\`]: ${toType(value)}`
  return `${toDocComment(description)}${toKey(name)}${required ? '' : '?'}: ${toType(schema)}`
}

function parametersType(parameters: readonly Parameter[]): string {
  const places = [...Map.groupBy(parameters, ({ in: place }) => place)].map(([place, placed]) => {
    const members = placed.map(parameterType)
    return `${place}${placed.some(({ required }) => required) ? '' : '?'}: ${block(members)}`
  })
  return places.length === 0 ? '{}' : block(places)
}

function operationType({ parameters, requestBody, responses }: Operation): string {
  const answers = Object.entries(responses).map(([status, { $ref, content = {} }]) => {
    const shared = $ref?.split('/').at(-1)
    return `${status}: ${shared === undefined ? answerType(content) : `Responses[${JSON.stringify(shared)}]`}`
  })
  return block([
    `parameters: ${parametersType(parameters)}`,
    ...(requestBody
      ? [`requestBody${requestBody.required ? '' : '?'}: { content: ${contentType(requestBody.content)} }`]
      : []),
    `responses: ${block(answers)}`,
  ])
}

const answerType = (content: Content): string => `{ content: ${contentType(content)} }`

/** The types of a document: `Schemas` by name, `paths` by path and method. */
export function toTypes(document: ApiDocument): string {
  const schemas = Object.entries(document.components.schemas).map(
    ([name, schema]) => `${toDocComment(schema.description)}${toKey(name)}: ${toType(schema)}`,
  )
  const responses = Object.entries(document.components.responses).map(
    ([name, { content = {} }]) => `${toKey(name)}: ${answerType(content)}`,
  )
  const paths = Object.entries(document.paths).map(([path, methods]) => {
    const members = Object.entries(methods).map(
      ([method, operation]) => `${toDocComment(operation.summary)}${method}: ${operationType(operation)}`,
    )
    return `${JSON.stringify(path)}: ${block(members)}`
  })
  return `${HEADER}\nexport interface Schemas ${block(schemas)}\n\ninterface Responses ${block(responses)}\n\nexport interface paths ${block(paths)}\n`
}

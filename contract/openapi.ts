import * as z from 'zod'
import { describeAccess, describeOperation, describeSchemas } from './descriptions/describe.ts'
import { operationDescriptions } from './descriptions/operations.ts'
import { problems } from './problems.ts'
import { headerSchemas, MAX_BODY, type Route } from './route.ts'
import { routes } from './routes.ts'
import { problem } from './schemas/problem.ts'
import { DYNAMIC_PARAM_PREFIX } from './schemas/text.ts'

type Json = Record<string, unknown>

const json = z.record(z.string(), z.unknown())

type Override = NonNullable<z.core.ToJSONSchemaParams['override']>
/** zod leaves out the examples of transformed inputs, because they might describe the output. Here they always describe the input. */
const keepExamples: Override = ({ zodSchema, jsonSchema }) => {
  const { examples } = z.globalRegistry.get(zodSchema) ?? {}
  if (Array.isArray(examples)) jsonSchema.examples = examples
}

/** Converts a schema to JSON Schema. Schemas with an id become references, with their definitions in `$defs`. */
function toSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { properties, $defs } = z.toJSONSchema(z.object({ it: schema }), {
    io,
    unrepresentable: 'any',
    override: keepExamples,
  })
  return { ...json.parse(properties?.it), ...($defs ? { $defs } : {}) }
}

/** Moves all definitions to the document's components. */
function gather(document: Json): Json {
  const schemas: Json = {}
  const text = JSON.stringify(document, (_, value: unknown) => {
    const holder = json.safeParse(value)
    if (!holder.success || !holder.data.$defs) return value
    const { $defs, ...rest } = holder.data
    Object.assign(schemas, $defs)
    return rest
  })
  const whole = JSON.stringify({ ...json.parse(JSON.parse(text)), $schemas: schemas }).replaceAll(
    '"#/$defs/',
    '"#/components/schemas/',
  )
  const { $schemas, components, ...rest } = json.parse(JSON.parse(whole))
  return { ...rest, components: { ...json.parse(components), schemas: $schemas } }
}

/** A query parameter with arbitrary names is an exploded object in OpenAPI. */
function manyNames(value: Json): Json {
  const begin = String(value[DYNAMIC_PARAM_PREFIX])
  const propertyNames = { pattern: `^${begin.replaceAll('.', '\\.')}` }
  return {
    name: `${begin}NAME`,
    in: 'query',
    required: false,
    style: 'form',
    explode: true,
    schema: { type: 'object', propertyNames, additionalProperties: value },
  }
}

/** Converts an object schema to OpenAPI parameters. */
function parameters(schema: z.ZodType, place: 'query' | 'path'): Json[] {
  const {
    properties = {},
    required = [],
    additionalProperties,
  } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    // Numbers in a query are parsed from text with a pattern; the document shows them as numbers.
    override: context => {
      keepExamples(context)
      if (context.jsonSchema.type === 'integer') delete context.jsonSchema.pattern
    },
  })
  const named = Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }))
  return typeof additionalProperties === 'object' ? [...named, manyNames(additionalProperties)] : named
}

function requestBody({ consumes: types, body, bodyExamples = {}, optionalBody }: Route): Json {
  const content = Object.fromEntries(
    types.map(type => {
      const examples = bodyExamples[type]
      return [type, { schema: { ...toSchema(body, 'input'), ...(examples ? { examples } : {}) } }]
    }),
  )
  return { required: optionalBody !== true, description: `At most ${MAX_BODY} bytes`, content }
}

/** The problem statuses that this route may respond with. */
function problemStatuses(route: Route): number[] {
  const role = route.role === 'public' ? [] : [401, 403]
  const input = route.consumes.length > 0 ? [400, 413, 415] : [400]
  const record = route.path.includes('{') ? [404] : []
  const said = route.method === 'GET' || route.role === 'public' ? [] : [409]
  const write = route.headers.length > 0 ? [409, 410, 412, 422] : said
  return [...input, ...role, ...record, ...write, ...(route.problems ?? []), 429, 431, 500, 503].sort()
}

const TEXT = { schema: { type: 'string' } }
/** The header of RFC 8288. */
const LINK = {
  description: 'The next page of CSV and NDJSON, as `<…>; rel="next"`; absent on the last page.',
  schema: { type: 'string' },
}

function goodAnswer(response: Route['responses'][number]): Json {
  const { type, schema, description, textVariants: pages = [], otherTypes = [] } = response
  const texts = [...pages, ...otherTypes].map(other => [other, TEXT])
  return {
    description,
    ...(pages.length > 0 ? { headers: { Link: LINK } } : {}),
    content: { [type]: schema ? { schema: toSchema(schema, 'output') } : TEXT, ...Object.fromEntries(texts) },
  }
}

function operation(id: RouteId, route: Route): Json {
  const headers = route.headers.map(name => ({
    name,
    in: 'header',
    required: false,
    schema: toSchema(headerSchemas[name], 'input'),
  }))
  const good = Object.entries(route.responses).map(([status, answer]) => [status, goodAnswer(answer)])
  const bad = problemStatuses(route).map(status => [status, { $ref: '#/components/responses/problem' }])
  return {
    operationId: id,
    tags: [route.tag],
    summary: route.summary,
    description: `${operationDescriptions[id]} ${describeAccess(route)}`,
    security: route.role === 'public' ? [] : [{ bearer: [] }],
    parameters: [...parameters(route.params, 'path'), ...parameters(route.query, 'query'), ...headers],
    ...(route.consumes.length > 0 ? { requestBody: requestBody(route) } : {}),
    responses: Object.fromEntries([...bad, ...good]),
  }
}

type RouteId = keyof typeof routes

const routeIds = Object.keys(routes) as RouteId[]

/** The API as an OpenAPI 3.1 document, generated from the routes. */
export function openapi(version: string): Json {
  const paths: Record<string, Json> = {}
  for (const id of routeIds) {
    const route: Route = routes[id]
    const path = paths[route.path] ?? {}
    const document = operation(id, route)
    describeOperation(document, id)
    path[route.method.toLowerCase()] = document
    paths[route.path] = path
  }
  const document = gather({
    openapi: '3.1.0',
    info: {
      title: 'Customer registry',
      version,
      description: `Errors are problem documents (RFC 9457). Their type is urn:customer-registry:problem:KIND, where KIND is one of ${Object.keys(problems).join(', ')}.`,
    },
    servers: [{ url: '.' }],
    paths,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      responses: {
        problem: {
          description: 'A problem document',
          content: { 'application/problem+json': { schema: toSchema(problem, 'output') } },
        },
      },
    },
  })
  describeSchemas(document)
  return document
}

import type { ApiDocument, Content, Operation, Parameter, Schema } from './api-document.ts'

const FORMAT = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json'

/** Stores the token of a login for all other requests. */
const KEEP_TOKEN = [
  'if (pm.response.code === 200) pm.collectionVariables.set("token", pm.response.json().access_token)',
]

const exampleOf = ({ examples, default: fallback, enum: values }: Schema): string =>
  String(examples?.[0] ?? fallback ?? values?.[0] ?? '')

/** A member of an object in a query. */
const toMember = (schema: Schema): Schema =>
  typeof schema.additionalProperties === 'object' ? schema.additionalProperties : schema

/** Query parameters, disabled until needed. */
const toQuery = (parameters: readonly Parameter[]) =>
  parameters
    .filter(({ in: place }) => place === 'query')
    .map(({ name, required, schema }) => ({
      key: name,
      value: exampleOf(toMember(schema)),
      description: String(schema.description ?? ''),
      disabled: !required,
    }))

function toUrl(path: string, parameters: readonly Parameter[]) {
  const parts = path.split('/').filter(part => part !== '')
  const path_ = parts.map(part => part.replace(/^\{(\w+)\}$/, ':$1'))
  const inPath = parameters.filter(({ in: place }) => place === 'path')
  return {
    raw: `{{url}}/${path_.join('/')}`,
    host: ['{{url}}'],
    path: path_,
    query: toQuery(parameters),
    variable: inPath.map(({ name, schema }) => ({ key: name, value: exampleOf(schema) })),
  }
}

const toHeaders = (parameters: readonly Parameter[]) =>
  parameters.filter(({ in: place }) => place === 'header').map(({ name }) => ({ key: name, value: '', disabled: true }))

/** The body of a request, if it has an example. */
function toBody(content: Content, { schemas }: ApiDocument['components']) {
  const [[type, { schema }] = ['', { schema: {} }]] = Object.entries(content)
  const named = schemas[schema.$ref?.split('/').at(-1) ?? '']
  const [example] = (named ?? schema).examples ?? []
  const raw = typeof example === 'string' ? example : JSON.stringify(example ?? {}, null, 2)
  return {
    type,
    body: { mode: 'raw', raw, options: { raw: { language: type === 'application/json' ? 'json' : 'text' } } },
  }
}

interface Placed {
  path: string
  method: string
  operation: Operation
}

function toItem({ path, method, operation }: Placed, components: ApiDocument['components']) {
  const { operationId, summary, security, parameters, requestBody } = operation
  const sent = requestBody && toBody(requestBody.content, components)
  const headers = [...toHeaders(parameters), ...(sent ? [{ key: 'Content-Type', value: sent.type }] : [])]
  return {
    name: `${operationId}: ${summary}`,
    request: {
      method: method.toUpperCase(),
      header: headers,
      url: toUrl(path, parameters),
      ...(sent ? { body: sent.body } : {}),
      ...(security.length === 0 ? { auth: { type: 'noauth' } } : {}),
    },
    ...(operationId === 'createToken'
      ? { event: [{ listen: 'test', script: { type: 'text/javascript', exec: KEEP_TOKEN } }] }
      : {}),
  }
}

const variable = (key: string, value: string) => ({ key, value, type: 'string' })

/** A Postman collection (format 2.1): one folder per tag, one request per operation. */
export function toCollection({ info, paths, components }: ApiDocument) {
  const operations: Placed[] = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )
  const folders = [...Map.groupBy(operations, ({ operation }) => operation.tags[0] ?? '')]
  return {
    info: {
      name: info.title,
      description: `${info.description}. Send createToken first: it keeps the token for all others. Made by \`npm run generate\`.`,
      schema: FORMAT,
    },
    auth: { type: 'bearer', bearer: [variable('token', '{{token}}')] },
    variable: [variable('url', 'http://127.0.0.1:8001'), variable('token', '')],
    item: folders.map(([name, items]) => ({
      name,
      item: items.map(placed => toItem(placed, components)),
    })),
  }
}

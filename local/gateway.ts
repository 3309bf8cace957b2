import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { APIGatewayProxyEvent, APIGatewayProxyResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda'
import * as z from 'zod'
import { MAX_BODY, type Route } from '#contract/route.ts'
import { routes } from '#contract/routes.ts'
import { problemResponse } from '#functions/http/problem.ts'
import { invoke, load } from './invocation.ts'

const STAGE_ARN = 'arn:aws:execute-api:local:000000000000:local/local'

const patterns = Object.values(routes).map((route: Route) => {
  const names = [...route.path.matchAll(/\{(\w+)\}/g)].map(match => match[1] ?? '')
  const pattern = new RegExp(`^${route.path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '([^/]+)')}$`)
  return { route, names, pattern }
})

type Matched = { route: Route; params: Record<string, string> } | { allowed: string[] }

/** The route of a method and path, with path parameters; otherwise the methods that the path allows. */
function matchRoute(method: string, path: string): Matched {
  const matches = patterns.flatMap(({ route, names, pattern }) => {
    const match = pattern.exec(path)
    return match
      ? [{ route, params: Object.fromEntries(names.map((name, n) => [name, decodeURIComponent(match[n + 1] ?? '')])) }]
      : []
  })
  const literal = matches.toSorted((a, b) => Object.keys(a.params).length - Object.keys(b.params).length)
  return literal.find(({ route }) => route.method === method) ?? { allowed: matches.map(({ route }) => route.method) }
}

/** Reads the body, and no more of it than is needed to detect that it is too long. */
async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size <= MAX_BODY + 1) chunks.push(chunk)
  }
  return size > MAX_BODY ? Buffer.alloc(MAX_BODY + 1) : Buffer.concat(chunks)
}

function lists(pairs: Iterable<[string, string]>): Record<string, string[]> {
  const all: Record<string, string[]> = Object.create(null)
  for (const [name, value] of pairs) all[name] = [...(all[name] ?? []), value]
  return all
}

const lastOf = (all: Record<string, string[]>): Record<string, string> =>
  Object.fromEntries(Object.entries(all).map(([name, values]) => [name, values.at(-1) ?? '']))

/** A request as an event of API Gateway's REST API. */
async function toEvent(
  request: IncomingMessage,
  url: URL,
  route: Route,
  params: Record<string, string>,
  request_id: string,
): Promise<APIGatewayProxyEvent> {
  const body = await readBody(request)
  const headers = lists(
    Object.entries(request.headersDistinct).flatMap(([name, values = []]) =>
      values.map((value): [string, string] => [name, value]),
    ),
  )
  const query = lists(url.searchParams)
  const sourceIp = request.socket.remoteAddress ?? ''
  const nothing = {
    accessKey: null,
    accountId: null,
    apiKey: null,
    apiKeyId: null,
    caller: null,
    clientCert: null,
    cognitoAuthenticationProvider: null,
    cognitoAuthenticationType: null,
    cognitoIdentityId: null,
    cognitoIdentityPoolId: null,
    principalOrgId: null,
    user: null,
    userArn: null,
  }
  return {
    resource: route.path,
    path: url.pathname,
    httpMethod: route.method,
    headers: { ...lastOf(headers), 'x-forwarded-proto': 'http' },
    multiValueHeaders: headers,
    queryStringParameters: lastOf(query),
    multiValueQueryStringParameters: query,
    pathParameters: params,
    stageVariables: null,
    body: body.length === 0 ? null : body.toString('base64'),
    isBase64Encoded: body.length > 0,
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      authorizer: null,
      protocol: 'HTTP/1.1',
      httpMethod: route.method,
      identity: { ...nothing, sourceIp, userAgent: request.headers['user-agent'] ?? null },
      path: url.pathname,
      stage: 'local',
      requestId: request_id,
      requestTimeEpoch: Date.now(),
      resourceId: route.path,
      resourcePath: route.path,
    },
  }
}

const statement = z.object({ Effect: z.string(), Resource: z.union([z.string(), z.array(z.string())]) })
const authorizerResult = z.object({
  principalId: z.string(),
  policyDocument: z.object({ Statement: z.array(statement) }),
  context: z.record(z.string(), z.unknown()).optional(),
})

const functionResult = z.object({
  statusCode: z.number(),
  headers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  body: z.string(),
})

/** Whether a policy's resource, which may contain `*`, covers this method. */
const isOf = (methodArn: string) => (resource: string) =>
  new RegExp(`^${resource.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`).test(methodArn)

type Authorized = { context: Record<string, unknown> } | { refused: 'unauthenticated' | 'forbidden' }

/** Calls the authorizer as API Gateway does: an exception means 401, Deny means 403. */
async function authorize({ requestContext, ...rest }: APIGatewayProxyEvent): Promise<Authorized> {
  const methodArn = `${STAGE_ARN}/${rest.httpMethod}${rest.path}`
  const event: APIGatewayRequestAuthorizerEvent = {
    ...rest,
    type: 'REQUEST',
    methodArn,
    requestContext: { ...requestContext, authorizer: undefined },
  }
  try {
    const answer = authorizerResult.parse(await invoke('authorizer', event))
    const allowed = answer.policyDocument.Statement.every(
      ({ Effect, Resource }) => Effect === 'Allow' && [Resource].flat().some(isOf(methodArn)),
    )
    return allowed ? { context: { ...answer.context, principalId: answer.principalId } } : { refused: 'forbidden' }
  } catch {
    return { refused: 'unauthenticated' }
  }
}

const refusals = {
  unauthenticated: 'A valid token is required: Authorization: Bearer …',
  forbidden: 'The token names no group that may call this API',
}

/** Loads the functions behind the API, so that no request waits for it. */
export async function preload(): Promise<void> {
  const names = new Set(['authorizer', ...Object.values(routes).map((route: Route) => route.function)])
  await Promise.all([...names].map(load))
}

/** Responds to a request as API Gateway with its functions does. */
export async function respond(request: IncomingMessage): Promise<APIGatewayProxyResult> {
  const request_id = randomUUID()
  const target = request.url ?? '/'
  // Clients may send the absolute form of a request target (RFC 9112, 3.2.2).
  const url = URL.parse(/^https?:\/\//i.test(target) ? target : `http://localhost${target}`)
  if (url === null)
    return problemResponse(
      { kind: 'not-found', detail: 'Not found: there is no operation at this path' },
      '/',
      request_id,
    )
  let matched: Matched
  try {
    matched = matchRoute(request.method ?? 'GET', url.pathname)
  } catch {
    return problemResponse(
      { kind: 'not-found', detail: 'Not found: there is no operation at this path' },
      url.pathname,
      request_id,
    )
  }
  if ('allowed' in matched) {
    const methods = [...new Set(matched.allowed)].join(', ')
    if (methods === '')
      return problemResponse(
        { kind: 'not-found', detail: 'Not found: there is no operation at this path' },
        url.pathname,
        request_id,
      )
    const answer = problemResponse(
      { kind: 'method-not-allowed', detail: `This path takes ${methods}` },
      url.pathname,
      request_id,
    )
    return { ...answer, headers: { ...answer.headers, Allow: methods } }
  }
  const { route, params } = matched
  const event = await toEvent(request, url, route, params, request_id)
  if (route.role !== 'public') {
    const authorized = await authorize(event)
    if ('refused' in authorized)
      return problemResponse(
        { kind: authorized.refused, detail: refusals[authorized.refused] },
        url.pathname,
        request_id,
      )
    event.requestContext.authorizer = authorized.context
  }
  return functionResult.parse(await invoke(route.function, event))
}

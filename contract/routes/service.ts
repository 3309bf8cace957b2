import * as z from 'zod'
import { json, jsonResponse, type Route, routeDefaults, textResponse } from '../route.ts'
import { caller, information, ping, token, tokenBody } from '../schemas/service.ts'

const service = { ...routeDefaults, function: 'service', tag: 'service', role: 'public', trace: 'none' } as const

export const serviceRoutes = {
  information: {
    ...service,
    method: 'GET',
    path: '/',
    summary: 'Describe this API',
    responses: { 200: jsonResponse(information, 'About this API') },
  },
  health: {
    ...service,
    method: 'GET',
    path: '/healthz',
    summary: 'Check whether the process runs',
    responses: { 200: textResponse('text/plain', 'The text `Success`') },
  },
  ping: {
    ...service,
    method: 'GET',
    path: '/ping',
    summary: 'Check whether database and search index are reachable',
    responses: {
      200: jsonResponse(ping, 'Database and search index are reachable'),
      503: jsonResponse(ping, 'The database or the search index is unreachable'),
    },
  },
  openapi: {
    ...service,
    method: 'GET',
    path: '/openapi.json',
    summary: 'Get this API as an OpenAPI 3.1 document',
    responses: { 200: jsonResponse(z.looseObject({ openapi: z.string() }), 'The OpenAPI document') },
  },
  docs: {
    ...service,
    function: 'docs',
    method: 'GET',
    path: '/docs',
    summary: 'Read this API as a web page',
    responses: { 200: textResponse('text/html', 'The page') },
  },
  docsFile: {
    ...service,
    function: 'docs',
    method: 'GET',
    path: '/docs/{file}',
    summary: 'Get a file of the documentation page',
    params: z.strictObject({ file: z.enum(['swagger-ui.css', 'swagger-ui-bundle.js', 'start.js']) }),
    responses: { 200: { ...textResponse('text/css', 'The file'), otherTypes: ['text/javascript'] } },
  },
  describeCaller: {
    ...service,
    role: 'agent',
    method: 'GET',
    path: '/v1/me',
    trace: 'refusals',
    summary: 'Tell who the caller is, and what they may do',
    responses: { 200: jsonResponse(caller, 'The user, the role, and the operations that it permits') },
  },
  createToken: {
    ...service,
    method: 'POST',
    path: '/v1/auth/token',
    trace: 'reads',
    summary: 'Log in with a name and a password',
    throttle: { rate: 5, burst: 10 },
    consumes: [json],
    body: tokenBody,
    problems: [401],
    responses: { 200: jsonResponse(token, 'A token for the Authorization header') },
  },
} as const satisfies Record<string, Route>

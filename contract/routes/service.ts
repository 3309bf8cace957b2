import * as z from 'zod'
import { answer, json, nothing, plain, type Route } from '../route.ts'
import { information, ping, token, tokenBody } from '../schemas/service.ts'

const service = { ...nothing, function: 'service', tag: 'service', role: 'public', trace: 'none' } as const

export const serviceRoutes = {
  information: {
    ...service,
    method: 'GET',
    path: '/',
    summary: 'What this API is',
    answers: { 200: answer(information, 'About this API') },
  },
  health: {
    ...service,
    method: 'GET',
    path: '/healthz',
    summary: 'Whether the process answers',
    answers: { 200: plain('text/plain', 'Success') },
  },
  ping: {
    ...service,
    method: 'GET',
    path: '/ping',
    summary:
      'Whether what it stands on answers: database, search; for the provider with the state of its search domain',
    answers: { 200: answer(ping, 'Healthy'), 503: answer(ping, 'Something is down') },
  },
  openapi: {
    ...service,
    method: 'GET',
    path: '/openapi.json',
    summary: 'This API as an OpenAPI 3.1 document',
    answers: { 200: plain('application/json', 'OpenAPI 3.1') },
  },
  docs: {
    ...service,
    function: 'docs',
    method: 'GET',
    path: '/docs',
    summary: 'This API as a page',
    answers: { 200: plain('text/html', 'The page') },
  },
  docsFile: {
    ...service,
    function: 'docs',
    method: 'GET',
    path: '/docs/{file}',
    summary: 'A file of that page',
    params: z.strictObject({ file: z.enum(['swagger-ui.css', 'swagger-ui-bundle.js', 'start.js']) }),
    answers: { 200: plain('text/plain', 'The file') },
  },
  createToken: {
    ...service,
    method: 'POST',
    path: '/v1/auth/token',
    trace: 'refusals',
    summary: 'Log in with a name and a password',
    throttle: { rate: 5, burst: 10 },
    types: [json],
    body: tokenBody,
    answers: { 200: answer(token, 'A token for the Authorization header') },
  },
} as const satisfies Record<string, Route>

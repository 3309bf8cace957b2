import { z } from 'zod'
import { answer, idParams, json, noBody, noParams, noQuery, plain, type Route } from './route.ts'
import { batch, batchQuery } from './schemas/batch.ts'
import {
  createBody,
  customer,
  customerDiffQuery,
  customerList,
  diffList,
  diffQuery,
  historyList,
  listQuery,
  pageQuery,
  patchBody,
  putBody,
  readQuery,
} from './schemas/customer.ts'
import { lookupAnswer, lookupBody, matchAnswer, matchBody, searchAnswer, searchBody } from './schemas/query.ts'
import { information, ping, token, tokenBody } from './schemas/service.ts'

const service = { function: 'service', tag: 'service', role: 'public', params: noParams, query: noQuery, headers: [], types: [], body: noBody } as const
const customers = { function: 'customers', tag: 'customers', role: 'agent', params: noParams, query: noQuery, headers: [], types: [], body: noBody } as const
const search = { function: 'search', tag: 'search', role: 'agent', params: noParams, query: noQuery, headers: [], types: [], body: noBody } as const
const batches = { function: 'batches', tag: 'batches', role: 'agent', params: noParams, query: noQuery, headers: [], types: [], body: noBody } as const

/**
 * Every operation, by its id. The local server, the input checks, the roles, OpenAPI and the types all follow from here.
 */
export const routes = {
  information: {
    ...service, method: 'GET', path: '/', summary: 'What this API is',
    answers: { 200: answer(information, 'About this API') },
  },
  health: {
    ...service, method: 'GET', path: '/healthz', summary: 'Whether the process answers',
    answers: { 200: plain('text/plain', 'Success') },
  },
  ping: {
    ...service, method: 'GET', path: '/ping', summary: 'Whether what it stands on answers: database, search',
    answers: { 200: answer(ping, 'Healthy'), 503: answer(ping, 'Something is down') },
  },
  openapi: {
    ...service, method: 'GET', path: '/openapi.json', summary: 'This API as an OpenAPI 3.1 document',
    answers: { 200: plain('application/json', 'OpenAPI 3.1') },
  },
  docs: {
    ...service, function: 'docs', method: 'GET', path: '/docs', summary: 'This API as a page',
    answers: { 200: plain('text/html', 'The page') },
  },
  docsFile: {
    ...service, function: 'docs', method: 'GET', path: '/docs/{file}', summary: 'A file of that page',
    params: z.strictObject({ file: z.enum(['swagger-ui.css', 'swagger-ui-bundle.js', 'start.js']) }),
    answers: { 200: plain('text/plain', 'The file') },
  },
  createToken: {
    ...service, method: 'POST', path: '/v1/auth/token', summary: 'Log in with a name and a password',
    types: [json], body: tokenBody,
    answers: { 200: answer(token, 'A token for the Authorization header') },
  },

  createCustomer: {
    ...customers, method: 'POST', path: '/v1/customers', summary: 'Put a customer on the list',
    headers: ['Idempotency-Key'],
    types: [json], body: createBody,
    answers: { 201: answer(customer, 'Created; again for the same Idempotency-Key and statement') },
  },
  listCustomers: {
    ...customers, method: 'GET', path: '/v1/customers', summary: 'The list, page by page, now or at another time',
    query: listQuery,
    answers: { 200: answer(customerList, 'A page') },
  },
  getCustomer: {
    ...customers, method: 'GET', path: '/v1/customers/{id}', summary: 'One customer, now or at another time',
    params: idParams, query: readQuery,
    answers: { 200: answer(customer, 'The customer; deleted ones say so in `state`') },
  },
  patchCustomer: {
    ...customers, method: 'PATCH', path: '/v1/customers/{id}', summary: 'Change the stated fields',
    params: idParams, headers: ['If-Match', 'Idempotency-Key'],
    types: [json], body: patchBody,
    answers: { 200: answer(customer, 'The customer after the change') },
  },
  putCustomer: {
    ...customers, method: 'PUT', path: '/v1/customers/{id}', summary: 'State the whole customer: what is not said is cleared',
    params: idParams, headers: ['If-Match', 'Idempotency-Key'],
    types: [json], body: putBody,
    answers: { 200: answer(customer, 'The customer after the change') },
  },
  deleteCustomer: {
    ...customers, method: 'DELETE', path: '/v1/customers/{id}', summary: 'Take a customer off the list; the history stays',
    params: idParams, headers: ['If-Match', 'Idempotency-Key'],
    answers: { 200: answer(customer, 'The customer, deleted') },
  },
  restoreCustomer: {
    ...customers, method: 'POST', path: '/v1/customers/{id}/restore', summary: 'Put a deleted customer back',
    params: idParams, headers: ['If-Match', 'Idempotency-Key'],
    answers: { 200: answer(customer, 'The customer, active') },
  },
  customerHistory: {
    ...customers, method: 'GET', path: '/v1/customers/{id}/history', summary: 'Every version, newest first',
    params: idParams, query: pageQuery,
    answers: { 200: answer(historyList, 'A page of versions') },
  },
  customerDiff: {
    ...customers, method: 'GET', path: '/v1/customers/{id}/diff', summary: 'What differs between two moments, by field',
    params: idParams, query: customerDiffQuery,
    answers: { 200: answer(diffList, 'The differences') },
  },
  diff: {
    ...customers, tag: 'time', method: 'GET', path: '/v1/diff', summary: 'What differs on the list between two moments, by customer and field',
    query: diffQuery,
    answers: { 200: answer(diffList, 'A page of differences') },
  },

  search: {
    ...search, method: 'POST', path: '/v1/search', summary: 'Find customers by words: names, dates, numbers, in any order and spelling',
    types: [json], body: searchBody,
    answers: { 200: answer(searchAnswer, 'Best first') },
  },
  match: {
    ...search, method: 'POST', path: '/v1/match', summary: 'Find customers by example, up to 100 at once',
    types: [json], body: matchBody,
    answers: { 200: answer(matchAnswer, 'A result for each query, in order') },
  },
  lookup: {
    ...search, function: 'lookup', role: 'public', method: 'POST', path: '/v1/lookup', summary: 'Whether you, or somebody like you, is listed',
    types: [json], body: lookupBody,
    answers: { 200: answer(lookupAnswer, 'The answer and a receipt for it') },
  },

  createBatch: {
    ...batches, method: 'POST', path: '/v1/batches', summary: 'Take in up to 500 rows; the same rows again change nothing',
    query: batchQuery, headers: ['Idempotency-Key'],
    types: ['application/x-ndjson', 'text/csv'], body: z.string(),
    answers: { 200: answer(batch, 'What became of each row') },
  },
  getBatch: {
    ...batches, method: 'GET', path: '/v1/batches/{id}', summary: 'What became of a batch',
    params: idParams,
    answers: { 200: answer(batch, 'The batch') },
  },
} as const satisfies Record<string, Route>

export type Routes = typeof routes
export type RouteId = keyof Routes
/** The ids of the routes that one function answers. */
export type RoutesOf<F extends string> = { [Id in RouteId]: Routes[Id]['function'] extends F ? Id : never }[RouteId]

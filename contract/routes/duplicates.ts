import { idParams, json, jsonResponse, type Route, routeDefaults } from '../route.ts'
import { customer, pageQuery } from '../schemas/customer.ts'
import { decideBody, decidedAnswer, duplicateQueue, duplicatesAnswer, duplicatesQuery } from '../schemas/duplicates.ts'

const duplicates = { ...routeDefaults, function: 'duplicates', tag: 'duplicates', role: 'agent' } as const

export const duplicatesRoutes = {
  customerDuplicates: {
    ...duplicates,
    trace: 'shown',
    method: 'GET',
    path: '/v1/customers/{id}/duplicates',
    summary: 'List likely duplicates of a customer, likeliest first',
    params: idParams,
    query: duplicatesQuery,
    problems: [410],
    responses: { 200: jsonResponse(duplicatesAnswer, 'The likely duplicates, highest score first') },
  },
  splitCustomer: {
    ...duplicates,
    method: 'POST',
    path: '/v1/customers/{id}/split',
    summary: 'Split a merged customer',
    params: idParams,
    problems: [410],
    responses: { 200: jsonResponse(customer, 'The customer, listed again') },
  },
  listDuplicates: {
    ...duplicates,
    trace: 'shown',
    method: 'GET',
    path: '/v1/duplicates',
    summary: 'List pairs to review, likeliest first',
    query: pageQuery,
    responses: { 200: jsonResponse(duplicateQueue, 'A page of pairs') },
  },
  decideDuplicate: {
    ...duplicates,
    method: 'POST',
    path: '/v1/duplicates',
    summary: 'Decide whether two customers are the same',
    consumes: [json],
    body: decideBody,
    problems: [404],
    responses: { 200: jsonResponse(decidedAnswer, 'The decision, and the customers that are listed now') },
  },
} as const satisfies Record<string, Route>

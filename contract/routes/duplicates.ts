import { answer, idParams, json, nothing, type Route } from '../route.ts'
import { customer, pageQuery } from '../schemas/customer.ts'
import { decideBody, decidedAnswer, duplicateQueue, duplicatesAnswer, duplicatesQuery } from '../schemas/duplicates.ts'

const duplicates = { ...nothing, function: 'duplicates', tag: 'duplicates', role: 'agent' } as const

export const duplicatesRoutes = {
  customerDuplicates: {
    ...duplicates,
    method: 'GET',
    path: '/v1/customers/{id}/duplicates',
    summary: 'Who else on the list is probably the same customer, likeliest first',
    params: idParams,
    query: duplicatesQuery,
    problems: [410],
    answers: { 200: answer(duplicatesAnswer, 'Best first; none that was decided to be different') },
  },
  splitCustomer: {
    ...duplicates,
    method: 'POST',
    path: '/v1/customers/{id}/split',
    summary: 'Take a merged customer out again of the one that it lives on in',
    params: idParams,
    problems: [410],
    answers: { 200: answer(customer, 'The customer, listed again') },
  },
  listDuplicates: {
    ...duplicates,
    method: 'GET',
    path: '/v1/duplicates',
    summary: 'Pairs of customers to be reviewed, likeliest (when they were found) first',
    query: pageQuery,
    answers: { 200: answer(duplicateQueue, 'A page of pairs') },
  },
  decideDuplicate: {
    ...duplicates,
    method: 'POST',
    path: '/v1/duplicates',
    summary: 'Say that two customers are the same, which merges them, or that they differ',
    types: [json],
    body: decideBody,
    problems: [404],
    answers: { 200: answer(decidedAnswer, 'What was decided, and who is on the list now') },
  },
} as const satisfies Record<string, Route>

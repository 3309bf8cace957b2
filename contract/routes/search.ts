import { json, jsonResponse, type Route, routeDefaults } from '../route.ts'
import {
  lookupAnswer,
  lookupBody,
  matchAnswer,
  matchBody,
  searchAnswer,
  searchBody,
  verifyAnswer,
  verifyBody,
} from '../schemas/query.ts'

const search = { ...routeDefaults, function: 'search', tag: 'search', role: 'agent', trace: 'shown' } as const

export const searchRoutes = {
  search: {
    ...search,
    method: 'POST',
    path: '/v1/search',
    summary: 'Search customers by words in any order and spelling',
    consumes: [json],
    body: searchBody,
    responses: { 200: jsonResponse(searchAnswer, 'The hits, highest score first') },
  },
  match: {
    ...search,
    method: 'POST',
    path: '/v1/match',
    summary: 'Match up to 100 sets of criteria',
    consumes: [json],
    body: matchBody,
    responses: { 200: jsonResponse(matchAnswer, 'The result of each query, in order') },
  },
  lookup: {
    ...search,
    function: 'lookup',
    role: 'public',
    trace: 'refusals',
    method: 'POST',
    path: '/v1/lookup',
    summary: 'Check whether you, or someone similar, is listed',
    throttle: { rate: 20, burst: 40 },
    consumes: [json],
    body: lookupBody,
    responses: { 200: jsonResponse(lookupAnswer, 'The answer and a receipt for it') },
  },
  verifyLookup: {
    ...search,
    function: 'lookup',
    role: 'public',
    trace: 'refusals',
    method: 'POST',
    path: '/v1/lookup/verify',
    summary: 'Verify the receipt of a lookup',
    throttle: { rate: 20, burst: 40 },
    consumes: [json],
    body: verifyBody,
    responses: { 200: jsonResponse(verifyAnswer, 'The content of the receipt') },
  },
} as const satisfies Record<string, Route>

import { answer, json, nothing, type Route } from '../route.ts'
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

const search = { ...nothing, function: 'search', tag: 'search', role: 'agent', trace: 'always' } as const

export const searchRoutes = {
  search: {
    ...search,
    method: 'POST',
    path: '/v1/search',
    summary: 'Find customers by words: names, dates, numbers, in any order and spelling',
    types: [json],
    body: searchBody,
    answers: { 200: answer(searchAnswer, 'Best first') },
  },
  match: {
    ...search,
    method: 'POST',
    path: '/v1/match',
    summary: 'Find customers by example, up to 100 at once',
    types: [json],
    body: matchBody,
    answers: { 200: answer(matchAnswer, 'A result for each query, in order') },
  },
  lookup: {
    ...search,
    function: 'lookup',
    role: 'public',
    trace: 'refusals',
    method: 'POST',
    path: '/v1/lookup',
    summary: 'Whether you, or somebody like you, is listed',
    throttle: { rate: 20, burst: 40 },
    types: [json],
    body: lookupBody,
    answers: { 200: answer(lookupAnswer, 'The answer and a receipt for it') },
  },
  verifyLookup: {
    ...search,
    function: 'lookup',
    role: 'public',
    trace: 'refusals',
    method: 'POST',
    path: '/v1/lookup/verify',
    summary: 'Whether a receipt is one of this list, and what it says',
    throttle: { rate: 20, burst: 40 },
    types: [json],
    body: verifyBody,
    answers: { 200: answer(verifyAnswer, 'What the receipt says') },
  },
} as const satisfies Record<string, Route>

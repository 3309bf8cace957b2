import { json, jsonResponse, type Route, routeDefaults } from '../route.ts'
import { conflictList, conflictParams, settleBody, settledAnswer } from '../schemas/conflict.ts'
import { pageQuery } from '../schemas/customer.ts'

const conflicts = { ...routeDefaults, function: 'conflicts', tag: 'time', role: 'provider' } as const

export const conflictsRoutes = {
  listConflicts: {
    ...conflicts,
    method: 'GET',
    path: '/v1/conflicts',
    summary: 'List conflicting changes of two locations',
    query: pageQuery,
    responses: { 200: jsonResponse(conflictList, 'A page of conflicts, by record') },
  },
  settleConflict: {
    ...conflicts,
    method: 'POST',
    path: '/v1/conflicts/{id}',
    summary: 'Resolve a conflict',
    params: conflictParams,
    consumes: [json],
    body: settleBody,
    responses: { 200: jsonResponse(settledAnswer, 'The resolved conflict, and the version that resolved it') },
  },
} as const satisfies Record<string, Route>

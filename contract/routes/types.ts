import { json, jsonResponse, type Route, routeDefaults } from '../route.ts'
import { definitionsQuery } from '../schemas/definition.ts'
import { patchTypeBody, requestTypeBody, typeAnswer, typeList, typeParams } from '../schemas/type.ts'

const types = { ...routeDefaults, function: 'fields', tag: 'types', role: 'agent' } as const
const decided = { ...types, role: 'provider', params: typeParams } as const

export const typesRoutes = {
  requestType: {
    ...types,
    method: 'POST',
    path: '/v1/types',
    summary: 'Request a type of customers',
    consumes: [json],
    body: requestTypeBody,
    responses: { 201: jsonResponse(typeAnswer, 'The requested type') },
  },
  listTypes: {
    ...types,
    method: 'GET',
    path: '/v1/types',
    summary: 'List types of customers, in any state',
    query: definitionsQuery,
    responses: { 200: jsonResponse(typeList, 'A page of types') },
  },
  getType: {
    ...types,
    method: 'GET',
    path: '/v1/types/{name}',
    summary: 'Get a type of customers',
    params: typeParams,
    responses: { 200: jsonResponse(typeAnswer, 'The type') },
  },
  patchType: {
    ...decided,
    method: 'PATCH',
    path: '/v1/types/{name}',
    summary: 'Change the label of a type',
    consumes: [json],
    body: patchTypeBody,
    responses: { 200: jsonResponse(typeAnswer, 'The type after the change') },
  },
  removeType: {
    ...decided,
    method: 'DELETE',
    path: '/v1/types/{name}',
    summary: 'Remove an unused type',
    responses: { 200: jsonResponse(typeAnswer, 'The removed type') },
  },
  authoriseType: {
    ...decided,
    method: 'POST',
    path: '/v1/types/{name}/authorise',
    summary: 'Authorise a type',
    responses: { 200: jsonResponse(typeAnswer, 'The authorised type') },
  },
  rejectType: {
    ...decided,
    method: 'POST',
    path: '/v1/types/{name}/reject',
    summary: 'Reject a requested type',
    responses: { 200: jsonResponse(typeAnswer, 'The rejected type') },
  },
} as const satisfies Record<string, Route>

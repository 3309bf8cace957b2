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
    summary: 'Ask for a type of customers; the provider authorises it',
    consumes: [json],
    body: requestTypeBody,
    responses: { 201: jsonResponse(typeAnswer, 'Requested; the same request again changes nothing') },
  },
  listTypes: {
    ...types,
    method: 'GET',
    path: '/v1/types',
    summary: 'The types, by name, whatever became of them',
    query: definitionsQuery,
    responses: { 200: jsonResponse(typeList, 'A page') },
  },
  getType: {
    ...types,
    method: 'GET',
    path: '/v1/types/{name}',
    summary: 'A type',
    params: typeParams,
    responses: { 200: jsonResponse(typeAnswer, 'The type') },
  },
  patchType: {
    ...decided,
    method: 'PATCH',
    path: '/v1/types/{name}',
    summary: 'Change what a type is called',
    consumes: [json],
    body: patchTypeBody,
    responses: { 200: jsonResponse(typeAnswer, 'The type after the change') },
  },
  removeType: {
    ...decided,
    method: 'DELETE',
    path: '/v1/types/{name}',
    summary: 'Take a type away that no customer has',
    responses: { 200: jsonResponse(typeAnswer, 'The type, removed') },
  },
  authoriseType: {
    ...decided,
    method: 'POST',
    path: '/v1/types/{name}/authorise',
    summary: 'Let customers be of a type',
    responses: { 200: jsonResponse(typeAnswer, 'The type, authorised') },
  },
  rejectType: {
    ...decided,
    method: 'POST',
    path: '/v1/types/{name}/reject',
    summary: 'Say no to a request',
    responses: { 200: jsonResponse(typeAnswer, 'The type, rejected') },
  },
} as const satisfies Record<string, Route>

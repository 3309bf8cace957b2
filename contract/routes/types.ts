import { answer, json, nothing, type Route } from '../route.ts'
import { definitionsQuery } from '../schemas/definition.ts'
import { patchTypeBody, requestTypeBody, typeAnswer, typeList, typeParams } from '../schemas/type.ts'

const types = { ...nothing, function: 'fields', tag: 'types', role: 'agent' } as const
const decided = { ...types, role: 'provider', params: typeParams } as const

export const typesRoutes = {
  requestType: {
    ...types,
    method: 'POST',
    path: '/v1/types',
    summary: 'Ask for a type of customers; the provider authorises it',
    types: [json],
    body: requestTypeBody,
    answers: { 201: answer(typeAnswer, 'Requested; the same request again changes nothing') },
  },
  listTypes: {
    ...types,
    method: 'GET',
    path: '/v1/types',
    summary: 'The types, by name, whatever became of them',
    query: definitionsQuery,
    answers: { 200: answer(typeList, 'A page') },
  },
  getType: {
    ...types,
    method: 'GET',
    path: '/v1/types/{name}',
    summary: 'A type',
    params: typeParams,
    answers: { 200: answer(typeAnswer, 'The type') },
  },
  patchType: {
    ...decided,
    method: 'PATCH',
    path: '/v1/types/{name}',
    summary: 'Change what a type is called',
    types: [json],
    body: patchTypeBody,
    answers: { 200: answer(typeAnswer, 'The type after the change') },
  },
  removeType: {
    ...decided,
    method: 'DELETE',
    path: '/v1/types/{name}',
    summary: 'Take a type away that no customer has',
    answers: { 200: answer(typeAnswer, 'The type, removed') },
  },
  authoriseType: {
    ...decided,
    method: 'POST',
    path: '/v1/types/{name}/authorise',
    summary: 'Let customers be of a type',
    answers: { 200: answer(typeAnswer, 'The type, authorised') },
  },
  rejectType: {
    ...decided,
    method: 'POST',
    path: '/v1/types/{name}/reject',
    summary: 'Say no to a request',
    answers: { 200: answer(typeAnswer, 'The type, rejected') },
  },
} as const satisfies Record<string, Route>

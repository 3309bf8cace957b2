import { json, jsonResponse, type Route, routeDefaults } from '../route.ts'
import { definitionsQuery } from '../schemas/definition.ts'
import { fieldAnswer, fieldList, fieldParams, patchFieldBody, requestFieldBody } from '../schemas/field.ts'

const fields = { ...routeDefaults, function: 'fields', tag: 'fields', role: 'agent' } as const
const decided = { ...fields, role: 'provider', params: fieldParams } as const

export const fieldsRoutes = {
  requestField: {
    ...fields,
    method: 'POST',
    path: '/v1/fields',
    summary: 'Request a custom field',
    consumes: [json],
    body: requestFieldBody,
    responses: { 201: jsonResponse(fieldAnswer, 'The requested field') },
  },
  listFields: {
    ...fields,
    method: 'GET',
    path: '/v1/fields',
    summary: 'List custom fields, in any state',
    query: definitionsQuery,
    responses: { 200: jsonResponse(fieldList, 'A page of fields') },
  },
  getField: {
    ...fields,
    method: 'GET',
    path: '/v1/fields/{name}',
    summary: 'Get a custom field',
    params: fieldParams,
    responses: { 200: jsonResponse(fieldAnswer, 'The field') },
  },
  patchField: {
    ...decided,
    method: 'PATCH',
    path: '/v1/fields/{name}',
    summary: 'Change the definition of a custom field',
    consumes: [json],
    body: patchFieldBody,
    responses: { 200: jsonResponse(fieldAnswer, 'The field after the change') },
  },
  removeField: {
    ...decided,
    method: 'DELETE',
    path: '/v1/fields/{name}',
    summary: 'Remove a custom field: its values are hidden, not deleted',
    responses: { 200: jsonResponse(fieldAnswer, 'The removed field') },
  },
  authoriseField: {
    ...decided,
    method: 'POST',
    path: '/v1/fields/{name}/authorise',
    summary: 'Authorise a custom field',
    responses: { 200: jsonResponse(fieldAnswer, 'The authorised field') },
  },
  rejectField: {
    ...decided,
    method: 'POST',
    path: '/v1/fields/{name}/reject',
    summary: 'Reject a requested custom field',
    responses: { 200: jsonResponse(fieldAnswer, 'The rejected field') },
  },
} as const satisfies Record<string, Route>

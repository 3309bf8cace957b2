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
    summary: 'Ask for a field of customers; the provider authorises it',
    consumes: [json],
    body: requestFieldBody,
    responses: { 201: jsonResponse(fieldAnswer, 'Requested; the same request again changes nothing') },
  },
  listFields: {
    ...fields,
    method: 'GET',
    path: '/v1/fields',
    summary: 'The fields, by name, whatever became of them',
    query: definitionsQuery,
    responses: { 200: jsonResponse(fieldList, 'A page') },
  },
  getField: {
    ...fields,
    method: 'GET',
    path: '/v1/fields/{name}',
    summary: 'A field, and how far the search index follows it',
    params: fieldParams,
    responses: { 200: jsonResponse(fieldAnswer, 'The field') },
  },
  patchField: {
    ...decided,
    method: 'PATCH',
    path: '/v1/fields/{name}',
    summary: 'Change what a field is; values that are there stay as they are',
    consumes: [json],
    body: patchFieldBody,
    responses: { 200: jsonResponse(fieldAnswer, 'The field after the change') },
  },
  removeField: {
    ...decided,
    method: 'DELETE',
    path: '/v1/fields/{name}',
    summary: 'Take a field away: its values are hidden, not lost',
    responses: { 200: jsonResponse(fieldAnswer, 'The field, removed') },
  },
  authoriseField: {
    ...decided,
    method: 'POST',
    path: '/v1/fields/{name}/authorise',
    summary: 'Let values of a field be stated; of one that was removed they are there again',
    responses: { 200: jsonResponse(fieldAnswer, 'The field, authorised') },
  },
  rejectField: {
    ...decided,
    method: 'POST',
    path: '/v1/fields/{name}/reject',
    summary: 'Say no to a request',
    responses: { 200: jsonResponse(fieldAnswer, 'The field, rejected') },
  },
} as const satisfies Record<string, Route>

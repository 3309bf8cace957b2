import { answer, json, nothing, type Route } from '../route.ts'
import { definitionsQuery } from '../schemas/definition.ts'
import { fieldAnswer, fieldList, fieldParams, patchFieldBody, requestFieldBody } from '../schemas/field.ts'

const fields = { ...nothing, function: 'fields', tag: 'fields', role: 'agent' } as const
const decided = { ...fields, role: 'provider', params: fieldParams } as const

export const fieldsRoutes = {
  requestField: {
    ...fields,
    method: 'POST',
    path: '/v1/fields',
    summary: 'Ask for a field of customers; the provider authorises it',
    types: [json],
    body: requestFieldBody,
    answers: { 201: answer(fieldAnswer, 'Requested; the same request again changes nothing') },
  },
  listFields: {
    ...fields,
    method: 'GET',
    path: '/v1/fields',
    summary: 'The fields, by name, whatever became of them',
    query: definitionsQuery,
    answers: { 200: answer(fieldList, 'A page') },
  },
  getField: {
    ...fields,
    method: 'GET',
    path: '/v1/fields/{name}',
    summary: 'A field, and how far the search index follows it',
    params: fieldParams,
    answers: { 200: answer(fieldAnswer, 'The field') },
  },
  patchField: {
    ...decided,
    method: 'PATCH',
    path: '/v1/fields/{name}',
    summary: 'Change what a field is; values that are there stay as they are',
    types: [json],
    body: patchFieldBody,
    answers: { 200: answer(fieldAnswer, 'The field after the change') },
  },
  removeField: {
    ...decided,
    method: 'DELETE',
    path: '/v1/fields/{name}',
    summary: 'Take a field away: its values are hidden, not lost',
    answers: { 200: answer(fieldAnswer, 'The field, removed') },
  },
  authoriseField: {
    ...decided,
    method: 'POST',
    path: '/v1/fields/{name}/authorise',
    summary: 'Let values of a field be stated; of one that was removed they are there again',
    answers: { 200: answer(fieldAnswer, 'The field, authorised') },
  },
  rejectField: {
    ...decided,
    method: 'POST',
    path: '/v1/fields/{name}/reject',
    summary: 'Say no to a request',
    answers: { 200: answer(fieldAnswer, 'The field, rejected') },
  },
} as const satisfies Record<string, Route>

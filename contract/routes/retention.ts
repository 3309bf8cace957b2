import { idParams, json, jsonResponse, type Route, routeDefaults } from '../route.ts'
import { pageQuery } from '../schemas/customer.ts'
import {
  erasureAnswer,
  holdAnswer,
  holdBody,
  policyAnswer,
  policyBody,
  runAnswer,
  runBody,
  runList,
  runQuery,
  verifyCertificateAnswer,
  verifyCertificateBody,
} from '../schemas/retention.ts'

const retention = { ...routeDefaults, function: 'retention', tag: 'retention', role: 'provider' } as const

export const retentionRoutes = {
  getRetention: {
    ...retention,
    method: 'GET',
    path: '/v1/retention',
    summary: 'Get the retention policy',
    responses: { 200: jsonResponse(policyAnswer, 'The policy') },
  },
  putRetention: {
    ...retention,
    method: 'PUT',
    path: '/v1/retention',
    summary: 'Set the retention policy',
    consumes: [json],
    body: policyBody,
    responses: { 200: jsonResponse(policyAnswer, 'The policy as it is now') },
  },
  listRetentionRuns: {
    ...retention,
    method: 'GET',
    path: '/v1/retention/runs',
    summary: 'List purge runs, newest first',
    query: pageQuery,
    responses: { 200: jsonResponse(runList, 'A page of reports') },
  },
  runRetention: {
    ...retention,
    method: 'POST',
    path: '/v1/retention/runs',
    summary: 'Run the purge',
    query: runQuery,
    consumes: [json],
    body: runBody,
    responses: { 200: jsonResponse(runAnswer, 'What was found and done, and the cursor to go on with') },
  },
  holdCustomer: {
    ...retention,
    method: 'PUT',
    path: '/v1/customers/{id}/hold',
    summary: 'Hold a customer: exempt it from purges and erasure',
    params: idParams,
    consumes: [json],
    body: holdBody,
    problems: [410],
    responses: { 200: jsonResponse(holdAnswer, 'The hold') },
  },
  releaseCustomer: {
    ...retention,
    method: 'DELETE',
    path: '/v1/customers/{id}/hold',
    summary: 'End a hold',
    params: idParams,
    problems: [410],
    responses: { 200: jsonResponse(holdAnswer, 'The customer, not held') },
  },
  eraseCustomer: {
    ...retention,
    method: 'POST',
    path: '/v1/customers/{id}/erase',
    summary: 'Erase a customer permanently, at all locations',
    params: idParams,
    responses: {
      200: jsonResponse(erasureAnswer, 'What was erased, what reading it back found, and which locations are pending'),
    },
  },
  verifyCertificate: {
    ...retention,
    method: 'POST',
    path: '/v1/retention/verify',
    summary: 'Verify a certificate of erasure',
    consumes: [json],
    body: verifyCertificateBody,
    responses: { 200: jsonResponse(verifyCertificateAnswer, 'Whether it is, and what it says') },
  },
} as const satisfies Record<string, Route>

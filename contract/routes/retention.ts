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
    responses: { 200: jsonResponse(policyAnswer, 'The new policy') },
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
    responses: { 200: jsonResponse(runAnswer, 'The report of the run, and the cursor to continue with') },
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
    responses: { 200: jsonResponse(holdAnswer, 'The customer, which is no longer held') },
  },
  eraseCustomer: {
    ...retention,
    method: 'POST',
    path: '/v1/customers/{id}/erase',
    summary: 'Erase a customer permanently, at all locations',
    params: idParams,
    responses: {
      200: jsonResponse(erasureAnswer, 'The certificate of erasure, and the locations that are pending'),
    },
  },
  verifyCertificate: {
    ...retention,
    method: 'POST',
    path: '/v1/retention/verify',
    summary: 'Verify a certificate of erasure',
    consumes: [json],
    body: verifyCertificateBody,
    responses: { 200: jsonResponse(verifyCertificateAnswer, 'Whether the certificate is valid, and its content') },
  },
} as const satisfies Record<string, Route>

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
    summary: 'How long customers stay after their last change',
    responses: { 200: jsonResponse(policyAnswer, 'The policy') },
  },
  putRetention: {
    ...retention,
    method: 'PUT',
    path: '/v1/retention',
    summary: 'Say how long customers stay after their last change',
    consumes: [json],
    body: policyBody,
    responses: { 200: jsonResponse(policyAnswer, 'The policy as it is now') },
  },
  listRetentionRuns: {
    ...retention,
    method: 'GET',
    path: '/v1/retention/runs',
    summary: 'What the runs of the purge found and did, newest first',
    query: pageQuery,
    responses: { 200: jsonResponse(runList, 'A page of reports') },
  },
  runRetention: {
    ...retention,
    method: 'POST',
    path: '/v1/retention/runs',
    summary: 'Run the purge, a few seconds of it a request: ask again with `next` until that is null',
    query: runQuery,
    consumes: [json],
    body: runBody,
    responses: { 200: jsonResponse(runAnswer, 'What was found and done, and the cursor to go on with') },
  },
  holdCustomer: {
    ...retention,
    method: 'PUT',
    path: '/v1/customers/{id}/hold',
    summary: 'Keep a customer from being purged or erased',
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
    summary: 'Erase a customer everywhere and for good; again: how far that has come',
    params: idParams,
    responses: {
      200: jsonResponse(erasureAnswer, 'What was erased, what reading it back found, and which locations are pending'),
    },
  },
  verifyCertificate: {
    ...retention,
    method: 'POST',
    path: '/v1/retention/verify',
    summary: 'Whether a certificate of an erasure is genuine, and what it says',
    consumes: [json],
    body: verifyCertificateBody,
    responses: { 200: jsonResponse(verifyCertificateAnswer, 'Whether it is, and what it says') },
  },
} as const satisfies Record<string, Route>

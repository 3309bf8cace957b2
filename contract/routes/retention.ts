import { answer, idParams, json, nothing, type Route } from '../route.ts'
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

const retention = { ...nothing, function: 'retention', tag: 'retention', role: 'provider' } as const

export const retentionRoutes = {
  getRetention: {
    ...retention,
    method: 'GET',
    path: '/v1/retention',
    summary: 'How long customers stay after their last change',
    answers: { 200: answer(policyAnswer, 'The policy') },
  },
  putRetention: {
    ...retention,
    method: 'PUT',
    path: '/v1/retention',
    summary: 'Say how long customers stay after their last change',
    types: [json],
    body: policyBody,
    answers: { 200: answer(policyAnswer, 'The policy as it is now') },
  },
  listRetentionRuns: {
    ...retention,
    method: 'GET',
    path: '/v1/retention/runs',
    summary: 'What the runs of the purge found and did, newest first',
    query: pageQuery,
    answers: { 200: answer(runList, 'A page of reports') },
  },
  runRetention: {
    ...retention,
    method: 'POST',
    path: '/v1/retention/runs',
    summary: 'Run the purge, a few seconds of it a request: ask again with `next` until that is null',
    query: runQuery,
    types: [json],
    body: runBody,
    answers: { 200: answer(runAnswer, 'What was found and done, and the cursor to go on with') },
  },
  holdCustomer: {
    ...retention,
    method: 'PUT',
    path: '/v1/customers/{id}/hold',
    summary: 'Keep a customer from being purged or erased',
    params: idParams,
    types: [json],
    body: holdBody,
    problems: [410],
    answers: { 200: answer(holdAnswer, 'The hold') },
  },
  releaseCustomer: {
    ...retention,
    method: 'DELETE',
    path: '/v1/customers/{id}/hold',
    summary: 'End a hold',
    params: idParams,
    problems: [410],
    answers: { 200: answer(holdAnswer, 'The customer, not held') },
  },
  eraseCustomer: {
    ...retention,
    method: 'POST',
    path: '/v1/customers/{id}/erase',
    summary: 'Erase a customer everywhere and for good; again: how far that has come',
    params: idParams,
    answers: {
      200: answer(erasureAnswer, 'What was erased, what reading it back found, and which locations are pending'),
    },
  },
  verifyCertificate: {
    ...retention,
    method: 'POST',
    path: '/v1/retention/verify',
    summary: 'Whether a certificate of an erasure is genuine, and what it says',
    types: [json],
    body: verifyCertificateBody,
    answers: { 200: answer(verifyCertificateAnswer, 'Whether it is, and what it says') },
  },
} as const satisfies Record<string, Route>

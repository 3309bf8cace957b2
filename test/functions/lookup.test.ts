import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { lookupAnswer, verifyAnswer } from '#contract/schemas/query.ts'
import { readAccesses } from '../adapters/dynamodb/accesses.ts'
import {
  type ApiHandler,
  type FunctionEnvironment,
  invokeWithSample,
  startFunctionEnvironment,
} from './function-environment.ts'

let environment: FunctionEnvironment
let handler: ApiHandler

beforeAll(async () => {
  environment = await startFunctionEnvironment()
  ;({ handler } = await import('#functions/lookup/handler.ts'))
})
afterAll(() => environment.engine.stop())

test('a lookup and the verification of its receipt are recorded separately, with the same network', async () => {
  const { statusCode, body, headers } = await invokeWithSample(handler, 'lookup')
  expect({ statusCode, type: headers?.['Content-Type'] }).toEqual({ statusCode: 200, type: 'application/json' })
  const { answer, receipt } = lookupAnswer.parse(JSON.parse(body))
  const verificationResponse = await invokeWithSample(handler, 'lookup', {
    resource: '/v1/lookup/verify',
    path: '/v1/lookup/verify',
    body: JSON.stringify({ receipt }),
  })
  const verification = verifyAnswer.parse(JSON.parse(verificationResponse.body))
  expect(verification).toMatchObject({ valid: true, answer, location: 'loc1' })
  const day = String(verification.at).slice(0, 10)
  const accesses = (await readAccesses(environment.engine.tables(), day)).sort((a, b) => (a.action < b.action ? -1 : 1))
  const expected = {
    actor: 'public',
    location: 'loc1',
    request_id: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef',
    outcome: answer,
  }
  expect(accesses).toMatchObject([
    { ...expected, action: 'lookup', at: verification.at },
    { ...expected, action: 'verifyLookup' },
  ])
  expect(accesses.map(({ asked }) => Object.keys(asked).sort())).toEqual([
    ['document_number', 'name', 'network', 'surname'],
    ['network', 'receipt'],
  ])
  expect(new Set(accesses.map(({ asked }) => asked.network)).size).toBe(1)
})

import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { lookupAnswer, verifyAnswer } from '#contract/schemas/query.ts'
import { toAccesses } from '../adapters/dynamodb/accesses.ts'
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

test('a lookup and the check of its receipt are written down, each under its name, for one network', async () => {
  const { statusCode, body, headers } = await invokeWithSample(handler, 'lookup')
  expect({ statusCode, type: headers?.['Content-Type'] }).toEqual({ statusCode: 200, type: 'application/json' })
  const { answer, receipt } = lookupAnswer.parse(JSON.parse(body))
  const verification = await invokeWithSample(handler, 'lookup', {
    resource: '/v1/lookup/verify',
    path: '/v1/lookup/verify',
    body: JSON.stringify({ receipt }),
  })
  const receiptContent = verifyAnswer.parse(JSON.parse(verification.body))
  expect(receiptContent).toMatchObject({ valid: true, answer, location: 'loc1' })
  const day = String(receiptContent.at).slice(0, 10)
  const traces = (await toAccesses(environment.engine.tables(), day)).sort((a, b) => (a.action < b.action ? -1 : 1))
  const expected = {
    actor: 'public',
    location: 'loc1',
    request_id: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef',
    outcome: answer,
  }
  expect(traces).toMatchObject([
    { ...expected, action: 'lookup', at: receiptContent.at },
    { ...expected, action: 'verifyLookup' },
  ])
  expect(traces.map(({ asked }) => Object.keys(asked).sort())).toEqual([
    ['document_number', 'network', 'surname'],
    ['network', 'receipt'],
  ])
  expect(new Set(traces.map(({ asked }) => asked.network)).size).toBe(1)
})

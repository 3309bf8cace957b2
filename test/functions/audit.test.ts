import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Route } from '#contract/route.ts'
import { routes } from '#contract/routes.ts'
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
  ;({ handler } = await import('#functions/audit/handler.ts'))
})
afterAll(() => environment.engine.stop())

const route: Route = routes.listAudit
const contentTypes = Object.values(route.responses).flatMap(({ type, textVariants: pages = [] }) => [type, ...pages])

test.each(contentTypes)('the sample event returns %s when the caller accepts it', async Accept => {
  const { statusCode, headers = {} } = await invokeWithSample(handler, 'audit', { headers: { Accept } })
  expect(statusCode).toBe(200)
  expect(String(headers['Content-Type']).split(';')[0]).toBe(Accept)
})

import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Route } from '#contract/route.ts'
import { routes } from '#contract/routes.ts'
import { type ApiHandler, answerTo, type FunctionSurroundings, surroundFunctions } from './surroundings.ts'

let surroundings: FunctionSurroundings
let handler: ApiHandler
beforeAll(async () => {
  surroundings = await surroundFunctions()
  ;({ handler } = await import('#functions/audit/handler.ts'))
})
afterAll(() => surroundings.engine.stop())

const route: Route = routes.listAudit
const told = Object.values(route.answers).flatMap(({ type, pages = [] }) => [type, ...pages])

test.each(told)('the sample event is answered as %s, as the contract says, to who asks for that', async Accept => {
  const { statusCode, headers = {} } = await answerTo(handler, 'audit', { headers: { Accept } })
  expect(statusCode).toBe(200)
  expect(String(headers['Content-Type']).split(';')[0]).toBe(Accept)
})

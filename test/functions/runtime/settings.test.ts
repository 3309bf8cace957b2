import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { InvalidEnvironment } from '#contract/env.ts'

let server: Server
let getSettings: typeof import('#functions/runtime/settings.ts').getSettings

beforeAll(async () => {
  server = createServer((_, response) => {
    response.end(JSON.stringify({ SecretString: 's'.repeat(40) }))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  Object.assign(process.env, {
    REGISTRY_LOCATION: 'loc1',
    REGISTRY_TABLE: 'registry',
    VIEWS_TABLE: 'views',
    TOKEN_ISSUER: 'https://issuer.example',
    TOKEN_CLIENT_ID: 'client',
    CURSOR_KEY: 'secret:list/cursor-key',
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'id',
    AWS_SECRET_ACCESS_KEY: 'key',
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  })
  ;({ getSettings: getSettings } = await import('#functions/runtime/settings.ts'))
})
afterAll(() => void server.close())

test("a setting that names a secret has the secret's value", () => {
  expect(getSettings().CURSOR_KEY).toBe('s'.repeat(40))
})

test('a key that a function did not receive throws only when it is used', () => {
  expect(getSettings().REGISTRY_LOCATION).toBe('loc1')
  expect(() => getSettings().RECEIPT_KEY).toThrow(InvalidEnvironment)
})

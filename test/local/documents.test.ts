import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { routes } from '#contract/routes.ts'
import { information, ping } from '#contract/schemas/service.ts'
import { startServer, type TestServer } from '../e2e/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.stop())

const allRoutes = Object.values(routes)
const document = z.looseObject({
  openapi: z.string(),
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  servers: z.array(z.object({ url: z.string() })),
})

test('the root describes the service and links its documents', async () => {
  const response = (await server.api('GET', '/')).as(information)
  expect(response).toMatchObject({ location: 'loc1', documentation: '/docs', openapi: '/openapi.json' })
})

test('health returns one word, and ping lists every endpoint', async () => {
  const health = await server.api('GET', '/healthz')
  expect({ text: health.text, type: health.headers.get('content-type') }).toEqual({
    text: 'Success',
    type: 'text/plain; charset=utf-8',
  })
  const { endpoints } = (await server.api('GET', '/ping')).as(ping)
  expect(endpoints.toSorted()).toEqual(allRoutes.map(({ method, path }) => `${method} ${path}`).sort())
})

test('the OpenAPI document has every route and its own address', async () => {
  const { openapi, paths, servers } = (await server.api('GET', '/openapi.json')).as(document)
  expect(openapi).toMatch(/^3\.1\./)
  expect(servers.map(({ url }) => new URL(url, `${server.url}/openapi.json`).href)).toEqual([`${server.url}/`])
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map(method => `${method.toUpperCase()} ${path}`),
  )
  expect(operations.sort()).toEqual(allRoutes.map(({ method, path }) => `${method} ${path}`).sort())
})

describe('the API documentation page', () => {
  test.each([
    ['/docs', 'text/html; charset=utf-8'],
    ['/docs/swagger-ui.css', 'text/css; charset=utf-8'],
    ['/docs/swagger-ui-bundle.js', 'text/javascript; charset=utf-8'],
    ['/docs/start.js', 'text/javascript; charset=utf-8'],
  ])('serves %s', async (path, type) => {
    const response = await server.api('GET', path)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe(type)
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(response.text.length).toBeGreaterThan(20)
  })

  test('loads nothing from other hosts', async () => {
    const response = await server.api('GET', '/docs')
    expect(response.text).not.toMatch(/https?:\/\//)
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
  })
})

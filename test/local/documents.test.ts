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

const all = Object.values(routes)
const document = z.looseObject({
  openapi: z.string(),
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  servers: z.array(z.object({ url: z.string() })),
})

test('the root says what this is and where its documents are', async () => {
  const about = (await server.api('GET', '/')).as(information)
  expect(about).toMatchObject({ location: 'loc1', documentation: '/docs', openapi: '/openapi.json' })
})

test('health is one word, and ping names every endpoint', async () => {
  const health = await server.api('GET', '/healthz')
  expect({ text: health.text, type: health.headers.get('content-type') }).toEqual({
    text: 'Success',
    type: 'text/plain; charset=utf-8',
  })
  const { endpoints } = (await server.api('GET', '/ping')).as(ping)
  expect(endpoints.toSorted()).toEqual(all.map(({ method, path }) => `${method} ${path}`).sort())
})

test('the OpenAPI document has each route, and its own address', async () => {
  const { openapi, paths, servers } = (await server.api('GET', '/openapi.json')).as(document)
  expect(openapi).toMatch(/^3\.1\./)
  expect(servers.map(({ url }) => new URL(url, `${server.url}/openapi.json`).href)).toEqual([`${server.url}/`])
  const told = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map(method => `${method.toUpperCase()} ${path}`),
  )
  expect(told.sort()).toEqual(all.map(({ method, path }) => `${method} ${path}`).sort())
})

describe('the page', () => {
  test.each([
    ['/docs', 'text/html; charset=utf-8'],
    ['/docs/swagger-ui.css', 'text/css; charset=utf-8'],
    ['/docs/swagger-ui-bundle.js', 'text/javascript; charset=utf-8'],
    ['/docs/start.js', 'text/javascript; charset=utf-8'],
  ])('has %s', async (path, type) => {
    const answer = await server.api('GET', path)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe(type)
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.text.length).toBeGreaterThan(20)
  })

  test('loads nothing from elsewhere', async () => {
    const answer = await server.api('GET', '/docs')
    expect(answer.text).not.toMatch(/https?:\/\//)
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
  })
})

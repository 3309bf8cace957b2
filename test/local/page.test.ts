import { existsSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { localEnv, readEnv } from '#contract/env.ts'
import { contentSecurityPolicy, toPageFile } from '#contract/page.ts'
import { toPageConfiguration } from '#local/configuration.ts'
import { prefersHtml, readPage } from '#local/page.ts'
import { startServer, type TestServer } from '../e2e/server.ts'

const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'

test.each([
  [BROWSER, true],
  ['*/*', false],
  ['application/json', false],
  ['application/json, text/html;q=0.5', false],
  ['text/html;q=0', false],
  ['TEXT/HTML', true],
])('Accept: %s prefers HTML: %s', (accept, expected) => {
  expect(prefersHtml(accept)).toBe(expected)
})

test.each([
  ['/', 'index.html'],
  ['/verify', 'index.html'],
  ['/certificate', 'index.html'],
  ['/certificate/x', null],
  ['/app', 'app.html'],
  ['/app/customers/0b1f6d3e-6c5a-4d0f-9b3e-2f4a5c6d7e8f', 'app.html'],
  ['/assets/app-BkW_qilx.css', 'assets/app-BkW_qilx.css'],
  ['/assets/..%2fapp.html', null],
  ['/config.json', 'config.json'],
  ['/application', null],
  ['/v1/customers', null],
  ['/docs', null],
])('%s is answered by %s', (path, file) => {
  expect(toPageFile(path)).toBe(file)
})

const signIn = {
  issuer: 'https://issuer.example',
  client_id: 'page',
  authorize: 'https://issuer.example/authorize',
  token: 'https://tokens.issuer.example/token',
  revoke: 'https://tokens.issuer.example/revoke',
  sign_out: 'https://issuer.example/logout',
}
const readConfigured = (url: string, environment: Record<string, string>) =>
  readPage({ method: 'GET', url, headers: {} }, toPageConfiguration(readEnv(localEnv, environment)))

describe('the page is told how to sign in', () => {
  test('with a name and a password, which the API checks', async () => {
    const response = await readConfigured('/config.json', {})
    expect(response?.headers).toMatchObject({ 'Content-Type': 'application/json', 'Cache-Control': 'no-cache' })
    expect(JSON.parse(response?.body ?? '')).toEqual({ api: '', sign_in: null })
  })

  test('at an issuer, whose addresses for tokens alone it may send requests to', async () => {
    const REGISTRY_OIDC = JSON.stringify({ ...signIn, jwks: { keys: [] } })
    const response = await readConfigured('/config.json', { REGISTRY_OIDC })
    expect(JSON.parse(response?.body ?? '')).toEqual({ api: '', sign_in: signIn })
    expect(response?.headers?.['Content-Security-Policy']).toMatch(
      /; connect-src 'self' https:\/\/tokens\.issuer\.example; /,
    )
  })

  test.each([
    ['{', 'REGISTRY_OIDC: is not valid JSON'],
    [JSON.stringify({ ...signIn, token: 'token' }), 'REGISTRY_OIDC.token: Invalid URL'],
  ])('but not by a setting that is wrong: %s', async (REGISTRY_OIDC, fault) => {
    expect(() => readEnv(localEnv, { REGISTRY_OIDC })).toThrow(fault)
  })
})

const describeBuilt = existsSync(new URL('../../web/dist/index.html', import.meta.url)) ? describe : describe.skip

describeBuilt('a location with a built page', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startServer({ REGISTRY_SAMPLE: '0' })
  })
  afterAll(() => server.stop())

  const get = (path: string, accept: string) => server.api('GET', path, { headers: { Accept: accept } })

  test('answers a browser with the page, and everybody else with the API', async () => {
    const page = await get('/', BROWSER)
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(page.headers.get('content-security-policy')).toBe(contentSecurityPolicy())
    expect(page.headers.get('cache-control')).toBe('no-cache')
    expect((await get('/', '*/*')).json).toMatchObject({ name: 'Customer registry' })
  })

  test('answers an address within the app, and lets browsers keep its assets', async () => {
    const { text } = await get('/app/customers/x', BROWSER)
    const [, asset = ''] = /src="(\/assets\/[^"]+)"/.exec(text) ?? []
    const { status, headers } = await get(asset, '*/*')
    expect([status, headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8'])
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect((await get('/assets/absent.js', '*/*')).status).toBe(404)
  })
})

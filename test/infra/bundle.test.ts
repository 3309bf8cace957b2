import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { APIGatewayProxyEvent, APIGatewayProxyResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda'
import { build } from 'esbuild'
import { nameKey } from '#domain/matching/exact-keys.ts'
import { type Bundle, bundleAll, MAX_BUNDLE_BYTES } from '#lib/bundle.ts'
import { type FunctionEnvironment, sampleEvent, startFunctionEnvironment } from '../functions/function-environment.ts'

const folder = `${mkdtempSync(join(tmpdir(), 'bundles-'))}/dist/`
let environment: FunctionEnvironment
let bundles: Bundle[]

beforeAll(async () => {
  environment = await startFunctionEnvironment()
  bundles = await bundleAll(folder, ['customers', 'authorizer', 'docs'])
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await environment.engine.stop()
})

/** Invokes a bundled function in a new process, once per event, and returns its results; an error as `thrown`. */
function invokeBundle<T = APIGatewayProxyResult>(
  name: string,
  events: readonly unknown[],
  env: NodeJS.ProcessEnv = {},
): T[] {
  const script = `const { handler } = await import(${JSON.stringify(`${folder}${name}/handler.mjs`)})
const answers = []
for (const event of ${JSON.stringify(events)}) answers.push(await handler(event, {}).catch(error => ({ thrown: error.message })))
console.log(JSON.stringify(answers))
process.exit(0)`
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    env: { ...process.env, SEARCH_INDEX: 'none', ...env },
    encoding: 'utf8',
  })
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout)
}

test('a bundle behaves like its source: it writes, replays and transliterates', async () => {
  const event = await sampleEvent<APIGatewayProxyEvent>('customers')
  const create = {
    ...event,
    httpMethod: 'POST',
    resource: '/v1/customers',
    pathParameters: null,
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': 'bundle-1' },
    body: JSON.stringify({ surname: 'Иванова', given_name: 'Екатерина' }),
    isBase64Encoded: false,
    requestContext: { ...event.requestContext, authorizer: { actor: 'ada', role: 'agent' } },
  }
  const [first, replay, invalid] = invokeBundle('customers', [create, create, { ...create, body: '{}' }])
  expect(first?.statusCode).toBe(201)
  expect(JSON.parse(replay?.body ?? '')).toMatchObject({ id: JSON.parse(first?.body ?? '').id, surname: 'Иванова' })
  expect(JSON.parse(invalid?.body ?? '')).toMatchObject({
    status: 400,
    type: 'urn:customer-registry:problem:invalid-input',
  })
  // The key for exact lookups needs the transliteration table.
  const { Items = [] } = await environment.engine.tables().query({
    TableName: 'views',
    IndexName: 'by_name',
    KeyConditionExpression: 'name_key = :key',
    ExpressionAttributeValues: { ':key': nameKey({ surname: 'Иванова', given_name: 'Екатерина' }) },
  })
  expect(Items).toHaveLength(1)
})

test('a request without a token is refused and recorded by a module that is loaded on demand', async () => {
  const event = await sampleEvent<APIGatewayRequestAuthorizerEvent>('authorizer')
  const [response] = invokeBundle<{ thrown: string }>('authorizer', [{ ...event, headers: {} }])
  expect(response).toEqual({ thrown: 'Unauthorized' })
  const { Items = [] } = await environment.engine.tables().scan({
    TableName: 'registry',
    FilterExpression: 'outcome = :outcome',
    ExpressionAttributeValues: { ':outcome': 'unauthenticated' },
  })
  expect(Items).toMatchObject([{ actor: 'public', action: 'listCustomers' }])
})

test('the documentation page needs none of the keys that its function does not receive', async () => {
  const { RECEIPT_KEY, CURSOR_KEY, ...environment } = process.env
  const event = await sampleEvent<APIGatewayProxyEvent>('docs')
  const [file, missing] = invokeBundle(
    'docs',
    [event, { ...event, pathParameters: { file: 'package.json' } }],
    environment,
  )
  expect([file?.statusCode, missing?.statusCode]).toEqual([200, 400])
})

test('no minified bundle is larger than the limit', () => {
  for (const { name, bytes } of bundles) expect([name, bytes <= MAX_BUNDLE_BYTES]).toEqual([name, true])
})

test('only bundles that transliterate contain the transliteration table', () => {
  const hasAssets = Object.fromEntries(bundles.map(({ name, assetBytes: bytes }) => [name, bytes > 0]))
  expect(hasAssets).toMatchObject({ authorizer: false, customers: true })
})

test.each(['domain/errors.ts', 'adapters/opensearch/errors.ts'])(
  'errors of %s keep their names in a minified bundle, as logs depend on them',
  async file => {
    const { outputFiles } = await build({
      entryPoints: [fileURLToPath(new URL(`../../${file}`, import.meta.url))],
      bundle: true,
      minify: true,
      write: false,
      platform: 'node',
      format: 'esm',
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    })
    const module = join(folder, `${basename(file)}.mjs`)
    writeFileSync(module, outputFiles[0]?.contents ?? '')
    const exported: Record<string, unknown> = await import(module)
    const classes = Object.entries(exported).filter(
      ([name, value]) => /^[A-Z][a-z]/.test(name) && name !== 'ProblemError' && value,
    )
    expect(classes.length).toBeGreaterThan(1)
    for (const [name, ErrorClass] of classes) {
      const error = new (ErrorClass as new (...args: unknown[]) => Error)([], '', new Map())
      expect(error.name).toBe(name)
    }
  },
)

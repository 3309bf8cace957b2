import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda'
import { build } from 'esbuild'
import { type Bundle, bundleAll } from '#lib/bundle.ts'
import {
  builtinsPlugin,
  lambdaCredentialsPlugin,
  unusedSchemasPlugin,
  withoutJsonSchemaPlugin,
} from '#lib/bundle-plugins.ts'
import { type FunctionEnvironment, sampleEvent, startFunctionEnvironment } from '../functions/function-environment.ts'

const folder = `${mkdtempSync(join(tmpdir(), 'bundles-'))}/dist/`
let environment: FunctionEnvironment
let bundles: Bundle[]

beforeAll(async () => {
  environment = await startFunctionEnvironment()
  bundles = await bundleAll(folder, ['authorizer', 'fields', 'search'])
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await environment.engine.stop()
})

/** Runs a module in a new process and returns what it prints as JSON. */
function run(script: string, env: NodeJS.ProcessEnv = {}): unknown {
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    env: { ...process.env, SEARCH_INDEX: 'none', ...env },
    encoding: 'utf8',
  })
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout)
}

/** Bundles a module of this project, with these plugins. */
async function bundleSource(contents: string, plugins: Parameters<typeof build>[0]['plugins']): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: process.cwd(), loader: 'ts' },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    ...(plugins ? { plugins } : {}),
  })
  return outputFiles[0]?.text ?? ''
}

test.each(['authorizer', 'fields', 'search'])('%s starts without loading fetch and HTTP/2', name => {
  const loaded = run(`await import(${JSON.stringify(`${folder}${name}/handler.mjs`)})
console.log(JSON.stringify(process.moduleLoadList.filter(name => /undici|http2/.test(name))))
process.exit(0)`)
  expect(loaded).toEqual([])
})

test('a secret is read without loading fetch', () => {
  // Nothing listens there: what is loaded to read the secret is loaded all the same.
  const env = { CURSOR_KEY: 'secret:cursor', AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_REGION: 'eu-west-1' }
  const [error, ...loaded] = run(
    `const error = await import(${JSON.stringify(`${folder}fields/handler.mjs`)}).then(() => null, ({ message }) => message)
console.log(JSON.stringify([error, ...process.moduleLoadList.filter(name => /undici/.test(name))]))
process.exit(0)`,
    { ...env, AWS_ACCESS_KEY_ID: 'AKIDFUNCTION', AWS_SECRET_ACCESS_KEY: 'secret' },
  ) as string[]
  expect(error).toMatch(/secret cursor could not be read: no answer/)
  expect(loaded).toEqual([])
})

test('bundles contain no credential provider but that of the environment', () => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.mjs'))
  const texts = files.map(file => readFileSync(join(folder, file), 'utf8'))
  expect(texts.filter(text => /sso_start_url|credential_process|AWS_CONTAINER_CREDENTIALS/.test(text))).toEqual([])
  expect(texts.some(text => text.includes('AWS_SESSION_TOKEN'))).toBe(true)
})

test("a bundled client signs with the credentials of the function's environment", async () => {
  const received: Record<string, unknown>[] = []
  const server = createServer((request, response) => {
    received.push(request.headers)
    response.writeHead(200, { 'Content-Type': 'application/x-amz-json-1.0' }).end('{"TableNames":["one"]}')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  const source = `import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb'
const { TableNames } = await new DynamoDBClient({ endpoint: process.env.ENDPOINT }).send(new ListTablesCommand({}))
console.log(JSON.stringify(TableNames))
process.exit(0)`
  const file = join(folder, 'client.mjs')
  writeFileSync(file, await bundleSource(source, [builtinsPlugin, lambdaCredentialsPlugin]))
  const { spawn } = await import('node:child_process')
  const child = spawn(process.execPath, [file], {
    env: {
      PATH: process.env.PATH,
      ENDPOINT: `http://127.0.0.1:${port}`,
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'AKIDFUNCTION',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_SESSION_TOKEN: 'session',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [output] = await once(child.stdout.setEncoding('utf8'), 'data')
  server.close()
  expect(JSON.parse(output)).toEqual(['one'])
  expect(received[0]).toMatchObject({
    authorization: expect.stringContaining('Credential=AKIDFUNCTION/'),
    'x-amz-security-token': 'session',
  })
})

test('the pattern of a field is checked by a package that is loaded on demand', async () => {
  const event = await sampleEvent<APIGatewayProxyEvent>('fields')
  const request = (name: string, pattern: string) => ({
    ...event,
    httpMethod: 'POST',
    resource: '/v1/fields',
    pathParameters: null,
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ name, label: name, type: 'text', pattern }),
    isBase64Encoded: false,
    requestContext: { ...event.requestContext, authorizer: { actor: 'ada', role: 'provider' } },
  })
  const [valid, invalid] = run(`const { handler } = await import(${JSON.stringify(`${folder}fields/handler.mjs`)})
const answers = []
for (const event of ${JSON.stringify([request('plate', '[A-Z]{2}\\d+'), request('broken', '(')])}) answers.push(await handler(event, {}))
console.log(JSON.stringify(answers))
process.exit(0)`) as APIGatewayProxyResult[]
  expect(valid?.statusCode).toBe(201)
  expect(invalid?.statusCode).toBe(400)
  expect(invalid?.body).toContain('is not a valid pattern')
  const sizes = new Map(bundles.map(({ name, assetBytes }) => [name, assetBytes]))
  expect(readdirSync(`${folder}fields`)).toContain('re2js.cjs')
  expect(readdirSync(`${folder}search`)).not.toContain('re2js.cjs')
  expect(sizes.get('fields')).toBeGreaterThan(sizes.get('search') ?? 0)
})

test('schemas that a function does not use are left out', async () => {
  const source = "import { functionEnv } from '#contract/env.ts'; console.log(functionEnv)"
  const whole = await bundleSource(source, [])
  const used = await bundleSource(source, [unusedSchemasPlugin])
  expect([whole, used].map(text => text.includes('REGISTRY_DEMO_USERS'))).toEqual([true, false])
  expect([whole, used].map(text => text.includes('REGISTRY_DAY_SECONDS'))).toEqual([true, true])
})

test("a function's successful calls of tables need no SDK, which is beside its bundle", async () => {
  const event = await sampleEvent<APIGatewayProxyEvent>('fields')
  const list = { ...event, httpMethod: 'GET', resource: '/v1/fields', pathParameters: null, body: null }
  const copy = `${folder}without-sdk/`
  cpSync(`${folder}fields`, copy, { recursive: true })
  const [sdk = ''] = readdirSync(copy).filter(file => file.startsWith('sdk-documents'))
  rmSync(join(copy, sdk))
  const answer = run(`const { handler } = await import(${JSON.stringify(`${copy}handler.mjs`)})
console.log(JSON.stringify(await handler(${JSON.stringify(list)}, {})))
process.exit(0)`) as APIGatewayProxyResult
  expect(answer.statusCode).toBe(200)
})

test('a bundle without JSON Schema parses by the same rules', async () => {
  const source = `import { createBody } from '#contract/schemas/customer.ts'
const bodies = [{ surname: ' Lindqvist ', dob: '12.04.1985', details: { city: 'Malmö' } }, { surname: 7, unknown: 1 }]
console.log(JSON.stringify(bodies.map(body => createBody.safeParse(body))))`
  const texts = [await bundleSource(source, []), await bundleSource(source, [withoutJsonSchemaPlugin])]
  const [whole, without] = texts.map((text, n) => {
    const file = join(folder, `schemas-${n}.mjs`)
    writeFileSync(file, text)
    return run(`await import(${JSON.stringify(file)})`)
  })
  expect(without).toEqual(whole)
  expect(whole).toMatchObject([{ success: true, data: { dob: '1985-04-12' } }, { success: false }])
  expect(texts.map(text => /\$schema|Åsa/.test(text))).toEqual([true, false])
})

import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda'
import { exportJWK, generateKeyPair, type JWK } from 'jose'
import { startEngine, TABLE_NAMES, type TestEngine } from '../adapters/dynamodb/engine.ts'

export const ISSUER = 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Example'
export const CLIENT = 'client-1'
export const LOCATION = 'loc1'

export interface FunctionEnvironment {
  engine: TestEngine
  /** The private key that signs the tokens. */
  signing: JWK
}

/** Sets the variables of the functions, before any of them is loaded. @param starting the table engine, by default in memory */
export async function startFunctionEnvironment(starting = startEngine()): Promise<FunctionEnvironment> {
  const engine = await starting
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  const signing = { ...(await exportJWK(privateKey)), kid: 'key-1', alg: 'RS256', use: 'sig' }
  const { kty, n, e, kid, alg, use } = signing
  Object.assign(process.env, {
    REGISTRY_LOCATION: LOCATION,
    REGISTRY_TABLE: TABLE_NAMES.registry,
    VIEWS_TABLE: TABLE_NAMES.views,
    DYNAMODB_ENDPOINT: engine.endpoint,
    CURSOR_KEY: 'c'.repeat(32),
    RECEIPT_KEY: 'r'.repeat(32),
    TOKEN_ISSUER: ISSUER,
    TOKEN_CLIENT_ID: CLIENT,
    TOKEN_JWKS: JSON.stringify({ keys: [{ kty, n, e, kid, alg, use }] }),
    AWS_REGION: 'eu-west-1',
    POWERTOOLS_LOG_LEVEL: 'SILENT',
  })
  return { engine, signing }
}

/** Reads a sample event. `T` is the type of its trigger, which the file does not contain. */
export async function sampleEvent<T>(name: string): Promise<T> {
  const file = fileURLToPath(new URL(`../../events/${name}.json`, import.meta.url))
  return JSON.parse(await readFile(file, 'utf8')) as T
}

export const context: Context = {
  callbackWaitsForEmptyEventLoop: false,
  functionName: 'sample',
  functionVersion: '$LATEST',
  invokedFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:sample',
  memoryLimitInMB: '512',
  awsRequestId: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef',
  logGroupName: 'sample',
  logStreamName: 'sample',
  getRemainingTimeInMillis: () => 29_000,
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
}

export type ApiHandler = (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>

/** Invokes an API function with its sample event, changed by `change`. */
export async function invokeWithSample(
  handler: ApiHandler,
  name: string,
  change: Partial<APIGatewayProxyEvent> = {},
): Promise<APIGatewayProxyResult> {
  return handler({ ...(await sampleEvent<APIGatewayProxyEvent>(name)), ...change }, context)
}

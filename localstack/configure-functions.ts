/**
 * `node localstack/configure-functions.ts OUTPUTS URL`: configures the functions of an emulator after deployment and prints the API's URL.
 * Tokens are issued by the registry itself, for the demo users, as on one machine: free LocalStack has no Cognito, and MiniStack's issuer
 * URL does not resolve.
 */
import { readFile } from 'node:fs/promises'
import aws4 from 'aws4'
import { exportJWK, generateKeyPair } from 'jose'
import * as z from 'zod'
import { functionSpecs } from '#contract/functions.ts'
import { PREFIX, STAGE } from '#lib/names.ts'
import { USERS } from '#local/names.ts'

const { AWS_ENDPOINT_URL: endpoint = '', AWS_REGION: region = '' } = process.env
const { AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '' } = process.env
const [, , file = '', publicUrl = endpoint] = process.argv

const functionConfiguration = z.object({ Environment: z.object({ Variables: z.record(z.string(), z.string()) }) })

/** Calls the emulator's Lambda API. @throws Error with the status of a failed call */
async function callLambda(method: 'GET' | 'PUT', name: string, body = ''): Promise<unknown> {
  const path = `/2015-03-31/functions/${PREFIX}-${name}/configuration`
  const request = { service: 'lambda', region, host: new URL(endpoint).host, method, path, body }
  const { headers } = aws4.sign({ ...request, headers: {} }, { accessKeyId, secretAccessKey, sessionToken: undefined })
  const response = await fetch(endpoint + path, { method, headers, ...(body === '' ? {} : { body }) })
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
  return response.json()
}

/** Adds variables to a function's environment, or replaces them. */
async function updateVariables(name: string, added: Record<string, string>, removed: readonly string[]): Promise<void> {
  const { Variables: current } = functionConfiguration.parse(await callLambda('GET', name)).Environment
  const remaining = Object.entries(current).filter(([variable]) => !removed.includes(variable))
  await callLambda(
    'PUT',
    name,
    JSON.stringify({ Environment: { Variables: { ...Object.fromEntries(remaining), ...added } } }),
  )
}

const { privateKey } = await generateKeyPair('RS256', { extractable: true })
const signingKey = { ...(await exportJWK(privateKey)), kid: 'emulator', alg: 'RS256', use: 'sig' }
const { kty, n, e, kid, alg, use } = signingKey
const TOKEN_JWKS = JSON.stringify({ keys: [{ kty, n, e, kid, alg, use }] })
const issuerVariables = { TOKEN_SIGNING_KEY: JSON.stringify(signingKey), TOKEN_USERS: JSON.stringify(USERS) }
for (const [name, { trigger, login }] of functionSpecs)
  if (trigger === 'authorizer' || login)
    await updateVariables(name, { TOKEN_JWKS, ...(login ? issuerVariables : {}) }, login ? ['TOKEN_LOGIN'] : [])

const outputs = z.record(z.string(), z.record(z.string(), z.string())).parse(JSON.parse(await readFile(file, 'utf8')))
const deployed = Object.values(outputs).flatMap(stack => Object.values(stack))
const [api] = deployed.flatMap(url => /^https?:\/\/([a-z0-9]+)\.execute-api\./.exec(url)?.[1] ?? [])
console.log(`deployed: ${publicUrl}/restapis/${api}/${STAGE}/_user_request_`)

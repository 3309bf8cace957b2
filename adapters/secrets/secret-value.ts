import aws4 from 'aws4'
import * as z from 'zod'

/** As Lambda tells a function who it is. */
const lambdaIdentity = z.object({
  AWS_REGION: z.string(),
  AWS_ACCESS_KEY_ID: z.string(),
  AWS_SECRET_ACCESS_KEY: z.string(),
  AWS_SESSION_TOKEN: z.string().optional(),
  /** Another Secrets Manager than AWS's own. */
  AWS_ENDPOINT_URL: z.url().optional(),
})

const secretResponse = z.object({ SecretString: z.string() })

/** How long is waited for one answer, in milliseconds, and how often is asked. */
const TIMEOUT_MS = 3000
const MAX_ATTEMPTS = 3

/** A secret could not be read: why, without anything of it. */
export class SecretUnavailable extends Error {
  constructor(name: string, reason: string) {
    super(`the secret ${name} could not be read: ${reason}`)
    this.name = 'SecretUnavailable'
  }
}

/**
 * A secret's value from AWS Secrets Manager, in the region where this runs and as who this runs. The request is signed here: the service's
 * own client is as large as everything else that a function has.
 *
 * @throws SecretUnavailable
 */
export async function readSecret(name: string, environment: Record<string, string | undefined>): Promise<string> {
  const identity = lambdaIdentity.parse(environment)
  const endpoint = identity.AWS_ENDPOINT_URL ?? `https://secretsmanager.${identity.AWS_REGION}.amazonaws.com`
  const sendRequest = async () => {
    const request = aws4.sign(
      {
        service: 'secretsmanager',
        region: identity.AWS_REGION,
        host: new URL(endpoint).host,
        method: 'POST',
        path: '/',
        headers: {
          'Content-Type': 'application/x-amz-json-1.1',
          'X-Amz-Target': 'secretsmanager.GetSecretValue',
        },
        body: JSON.stringify({ SecretId: name }),
      },
      {
        accessKeyId: identity.AWS_ACCESS_KEY_ID,
        secretAccessKey: identity.AWS_SECRET_ACCESS_KEY,
        sessionToken: identity.AWS_SESSION_TOKEN,
      },
    )
    const { method, headers, body } = request
    return fetch(`${endpoint}/`, { method, headers, body, signal: AbortSignal.timeout(TIMEOUT_MS) })
  }
  let reason = 'no answer'
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const response = await sendRequest().catch(() => null)
    if (response === null) continue
    if (response.ok) return secretResponse.parse(await response.json()).SecretString
    reason = `status ${response.status}`
    if (response.status < 500) break
  }
  throw new SecretUnavailable(name, reason)
}

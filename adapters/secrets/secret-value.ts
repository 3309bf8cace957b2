import { ExponentialBackoff, handleWhen, retry } from 'cockatiel'
import * as z from 'zod'
import { SignedPosts } from '../signed-posts.ts'

/** The credentials that Lambda passes to a function. */
const lambdaIdentity = z.object({
  AWS_REGION: z.string(),
  AWS_ACCESS_KEY_ID: z.string(),
  AWS_SECRET_ACCESS_KEY: z.string(),
  AWS_SESSION_TOKEN: z.string().optional(),
  /** An endpoint instead of AWS's own. */
  AWS_ENDPOINT_URL: z.url().optional(),
})

const secretResponse = z.object({ SecretString: z.string() })

/** The timeout of an attempt, in milliseconds. */
const TIMEOUT_MS = 3000

/** A secret could not be read. The message has the reason, and nothing of the secret. */
export class SecretUnavailable extends Error {
  readonly isTemporary: boolean

  constructor(name: string, reason: string, isTemporary: boolean) {
    super(`the secret ${name} could not be read: ${reason}`)
    this.name = 'SecretUnavailable'
    this.isTemporary = isTemporary
  }
}

/** Repeats an attempt twice while its failure may be temporary. */
const attempts = retry(
  handleWhen(error => error instanceof SecretUnavailable && error.isTemporary),
  { maxAttempts: 2, backoff: new ExponentialBackoff({ initialDelay: 100, maxDelay: 1000 }) },
)

/**
 * Reads a secret's value from AWS Secrets Manager with the function's region and credentials. The request is signed here, because the
 * service's own client is as large as everything else in a function.
 *
 * @throws SecretUnavailable
 */
export async function readSecret(name: string, environment: Record<string, string | undefined>): Promise<string> {
  const identity = lambdaIdentity.parse(environment)
  const endpoint = identity.AWS_ENDPOINT_URL ?? `https://secretsmanager.${identity.AWS_REGION}.amazonaws.com`
  // Not fetch, which takes long to load.
  const posts = new SignedPosts({
    endpoint,
    service: 'secretsmanager',
    identity: {
      region: identity.AWS_REGION,
      credentials: {
        accessKeyId: identity.AWS_ACCESS_KEY_ID,
        secretAccessKey: identity.AWS_SECRET_ACCESS_KEY,
        sessionToken: identity.AWS_SESSION_TOKEN,
      },
    },
    timeoutMs: TIMEOUT_MS,
  })
  try {
    return await attempts.execute(async () => {
      const response = await posts.send('secretsmanager.GetSecretValue', JSON.stringify({ SecretId: name }))
      if ('error' in response) throw new SecretUnavailable(name, 'no answer', true)
      const { statusCode, body } = response
      if (statusCode !== 200) throw new SecretUnavailable(name, `status ${statusCode}`, statusCode >= 500)
      return secretResponse.parse(JSON.parse(body.toString())).SecretString
    })
  } finally {
    posts.destroy()
  }
}

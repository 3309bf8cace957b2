/** The deployment that the tests run against, unless they start their own servers: `npm run test:e2e -- --url …` sets it. */
import * as z from 'zod'
import { readEnv } from '#contract/env.ts'

/** By default a demo user's password is the user name; Cognito requires longer ones. */
const settings = readEnv(
  z.object({
    /** The URL of the API, or several separated by commas, one a location. Tests of one location use the first. */
    E2E_URL: z
      .string()
      .transform(list => list.split(',').map(url => url.trim().replace(/\/$/, '')))
      .pipe(z.array(z.url()).min(1))
      .optional(),
    E2E_AGENT_PASSWORD: z.string().default('agent'),
    E2E_PROVIDER_PASSWORD: z.string().default('provider'),
    /** `1`: a day of retention is one second there, and the purge runs at least once a minute. */
    E2E_FAST_DAYS: z.enum(['0', '1']).default('0'),
  }),
  process.env,
)

/** Null: the tests start their own servers. */
export const TARGET_URLS = settings.E2E_URL ?? null

export const PASSWORDS = { agent: settings.E2E_AGENT_PASSWORD, provider: settings.E2E_PROVIDER_PASSWORD } as const

/** Why tests that stop the server, set its environment or read its folder are skipped, or null. */
export const NOT_LOCAL_REASON =
  TARGET_URLS === null ? null : 'E2E_URL is set: the tests cannot stop, cut off or configure that deployment'

/** Why tests of several locations are skipped, or null. */
export const NOT_SEVERAL_REASON = TARGET_URLS?.length === 1 ? 'E2E_URL has only one location' : null

/** Why tests that wait for the end of a retention period are skipped, or null. */
export const NOT_FAST_REASON =
  TARGET_URLS === null || settings.E2E_FAST_DAYS === '1'
    ? null
    : 'a day of retention is a whole day there unless E2E_FAST_DAYS=1'

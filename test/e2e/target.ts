/** What the tests are aimed at, when it is no server of their own: `npm run test:e2e -- --url …` sets it. */
import * as z from 'zod'
import { readEnv } from '#contract/env.ts'

/** The passwords are the demo users' names unless it is said otherwise: Cognito wants longer ones. */
const told = readEnv(
  z.object({
    /** Where the API is; of several locations, separated by commas. Tests of one location go to the first. */
    E2E_URL: z
      .string()
      .transform(list => list.split(',').map(url => url.trim().replace(/\/$/, '')))
      .pipe(z.array(z.url()).min(1))
      .optional(),
    E2E_AGENT_PASSWORD: z.string().default('agent'),
    E2E_PROVIDER_PASSWORD: z.string().default('provider'),
    /** `1`: a day of retention is a second there, and the purge comes by its schedule every minute at least. */
    E2E_FAST_DAYS: z.enum(['0', '1']).default('0'),
  }),
  process.env,
)

/** Null: the tests start servers of their own. */
export const GIVEN_URLS = told.E2E_URL ?? null

export const PASSWORDS = { agent: told.E2E_AGENT_PASSWORD, provider: told.E2E_PROVIDER_PASSWORD } as const

/** Says why tests that end the server, set its environment or look into its folder do not run; null when they can. */
export const WHY_NOT_OURS =
  GIVEN_URLS === null ? null : 'E2E_URL is set: what runs there is not ours to end, cut off or set up'

/** Says why tests of several locations do not run; null when they can. */
export const WHY_NOT_SEVERAL = GIVEN_URLS?.length === 1 ? 'E2E_URL names one location alone' : null

/** Says why tests that wait for a customer's time to be over do not run; null when they can. */
export const WHY_NOT_FAST =
  GIVEN_URLS === null || told.E2E_FAST_DAYS === '1' ? null : 'a day is a day there, unless E2E_FAST_DAYS says otherwise'

import * as z from 'zod'
import { boundedText } from './text.ts'
import { timestamp } from './time.ts'
import { userRole } from './user.ts'

export const tokenBody = z
  .strictObject({
    username: boundedText(1, 128),
    password: boundedText(1, 256),
    new_password: boundedText(12, 256).optional(),
  })
  .meta({ examples: [{ username: 'agent', password: 'agent' }] })
export const token = z.object({
  access_token: z.string(),
  token_type: z.literal('Bearer'),
  expires_in: z.number().int(),
})

export const caller = z.object({
  user: z.string(),
  role: userRole,
  location: z.string(),
  operations: z.array(z.string()),
})

export const information = z.object({
  name: z.string(),
  description: z.string(),
  version: z.string(),
  location: z.string(),
  documentation: z.string(),
  openapi: z.string(),
})

/** The state of the managed search domain according to AWS. */
const searchDomain = z.object({
  name: z.string(),
  state: z.enum(['active', 'creating', 'changing', 'isolated', 'deleting', 'unknown']),
  engine_version: z.string().nullable(),
})
export type SearchDomain = z.infer<typeof searchDomain>

const health = z.enum(['up', 'down'])
export const ping = z.object({
  status: z.enum(['up', 'starting', 'down']),
  reason: z.string().optional(),
  location: z.string(),
  time: timestamp,
  database: z.object({ status: health, tables: z.array(z.string()) }),
  search: z.object({
    status: health,
    engine: z.string(),
    domain: searchDomain.optional(),
  }),
  features: z.array(z.string()),
  endpoints: z.array(z.string()),
})
export type Ping = z.infer<typeof ping>

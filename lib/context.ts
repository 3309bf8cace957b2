import * as z from 'zod'

/**
 * The configuration of a deployment: one object, under `registry` in cdk.json or as `-c registry='{…}'`. docs/deploy.md explains each
 * member.
 */
const region = z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'is no AWS region')

const rate = z.strictObject({
  /** Requests per second, and the burst. */
  rate: z.number().positive(),
  burst: z.number().int().positive(),
  /** Requests per day. Default: unlimited. */
  perDay: z.number().int().positive().optional(),
})
export type Rate = z.infer<typeof rate>

const planName = z.string().regex(/^[a-z][a-z0-9_]{1,39}$/, 'is not 2 to 40 small letters, digits and _')

const search = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('managed'),
    /** One small node, or three in three zones with three dedicated masters. */
    form: z.enum(['single-node', 'multi-az']).default('single-node'),
  }),
  z.strictObject({
    kind: z.literal('endpoint'),
    /** The OpenSearch endpoint of each region. */
    endpoints: z.record(region, z.url({ protocol: /^https?$/ })),
  }),
  z.strictObject({ kind: z.literal('none') }),
])

const domain = z.strictObject({
  /** The API's domain name, the same in all regions; callers reach the region with the lowest latency. */
  name: z.hostname(),
  /** The hosted zone of the name. */
  zone: z.hostname(),
  zoneId: z.string().regex(/^Z[A-Z0-9]+$/, 'is no id of a hosted zone'),
})
export type Domain = z.infer<typeof domain>

const contextShape = z.strictObject({
  /** The regions of the list. The first is the primary one, which issues tokens and owns the global table. */
  regions: z.array(region).min(1).max(5),
  search: search.default({ kind: 'managed', form: 'single-node' }),
  /** Modules that can be left out. */
  modules: z
    .strictObject({
      lookup: z.boolean().default(true),
      purchases: z.boolean().default(true),
      page: z.boolean().default(true),
    })
    .prefault({}),
  /** How long a customer stays on the list after the last activity, until the provider sets a policy. */
  retentionDays: z.number().int().min(1).default(3650),
  /** How long logs are kept, in days. */
  logDays: z.union([z.literal(30), z.literal(90), z.literal(180), z.literal(365), z.literal(731)]).default(365),
  /** The recipient of alarms. */
  alarmEmail: z.email().optional(),
  /** `emulator` leaves out what emulators of AWS do not support. */
  target: z.enum(['aws', 'emulator']).default('aws'),
  domain: domain.optional(),
  /** Usage plans by user group; users of other groups share `common`. */
  plans: z.record(planName, rate).default({}),
  /** The limits of all callers together, and of callers without a plan of their own. */
  limits: z
    .strictObject({ stage: rate.default({ rate: 200, burst: 400 }), common: rate.default({ rate: 100, burst: 200 }) })
    .prefault({}),
})

export const registryContext = contextShape.superRefine((context, refinement) => {
  const { regions, search, plans } = context
  const addError = (path: string, message: string) => refinement.addIssue({ code: 'custom', path: [path], message })
  if (new Set(regions).size < regions.length) addError('regions', 'names a region twice')
  if ('common' in plans) addError('plans', 'common is the plan of who has none: its limits stand under limits.common')
  if (search.kind !== 'endpoint') return
  for (const region of regions.filter(name => !(name in search.endpoints)))
    addError('search', `names no OpenSearch in ${region}`)
})
export type RegistryContext = z.infer<typeof registryContext>

/** Lists all errors of the context. */
export class InvalidContext extends Error {
  constructor(errors: readonly string[]) {
    super(`registry (cdk.json, or -c registry='{…}'): ${errors.join('; ')}`)
    this.name = 'InvalidContext'
  }
}

function parseContextJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new InvalidContext(['is not valid JSON'])
  }
}

/** Reads the context: an object, or JSON from the command line. @throws InvalidContext */
export function readContext(input: unknown): RegistryContext {
  const parsed = registryContext.safeParse(typeof input === 'string' ? parseContextJson(input) : (input ?? {}))
  if (parsed.success) return parsed.data
  throw new InvalidContext(parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'it'} ${message}`))
}

import * as z from 'zod'

/** What the provider says of its registry: one object, under `registry` in cdk.json or `-c registry='{…}'`. The README explains each. */
const region = z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'is no AWS region')

const rate = z.strictObject({
  /** Requests a second, and at once. */
  rate: z.number().positive(),
  burst: z.number().int().positive(),
  /** Requests a day; absent: any number. */
  perDay: z.number().int().positive().optional(),
})
export type Rate = z.infer<typeof rate>

const planName = z.string().regex(/^[a-z][a-z0-9_]{1,39}$/, 'is not 2 to 40 small letters, digits and _')

const search = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('managed'),
    /** One small node, or three in three zones with three that lead them. */
    form: z.enum(['single-node', 'multi-az']).default('single-node'),
  }),
  z.strictObject({
    kind: z.literal('endpoint'),
    /** Where the OpenSearch of each region is. */
    endpoints: z.record(region, z.url({ protocol: /^https?$/ })),
  }),
  z.strictObject({ kind: z.literal('none') }),
])

const domain = z.strictObject({
  /** The API's name, the same in all regions: each caller gets to the one that answers soonest. */
  name: z.hostname(),
  /** The hosted zone that the name is in. */
  zone: z.hostname(),
  zoneId: z.string().regex(/^Z[A-Z0-9]+$/, 'is no id of a hosted zone'),
})
export type Domain = z.infer<typeof domain>

const contextShape = z.strictObject({
  /** Where the list is kept; the first is where tokens are issued and the global table is looked after. */
  regions: z.array(region).min(1).max(5),
  search: search.default({ kind: 'managed', form: 'single-node' }),
  /** What can be left out. */
  modules: z
    .strictObject({
      lookup: z.boolean().default(true),
      purchases: z.boolean().default(true),
      page: z.boolean().default(true),
    })
    .prefault({}),
  /** How long a customer stays on the list after the last activity, until the provider says otherwise. */
  retentionDays: z.number().int().min(1).default(3650),
  /** How long logs are kept, in days. */
  logDays: z.union([z.literal(30), z.literal(90), z.literal(180), z.literal(365), z.literal(731)]).default(365),
  /** Who is told of alarms. */
  alarmEmail: z.email().optional(),
  /** `emulator`: without what an emulator of AWS does not know. */
  target: z.enum(['aws', 'emulator']).default('aws'),
  domain: domain.optional(),
  /** Usage plans of agents' systems, by the group of their users; who is in none shares `common`. */
  plans: z.record(planName, rate).default({}),
  /** What everybody together, and the callers of no plan of their own, may send. */
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

/** The context is wrong: every fault of it. */
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

/** Reads the context: an object, or JSON as a command line says it. @throws InvalidContext */
export function readContext(input: unknown): RegistryContext {
  const parsed = registryContext.safeParse(typeof input === 'string' ? parseContextJson(input) : (input ?? {}))
  if (parsed.success) return parsed.data
  throw new InvalidContext(parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'it'} ${message}`))
}

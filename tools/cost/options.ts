import { parseArgs } from 'node:util'
import * as z from 'zod'

/** A numeric option of the command, such as 250000, 250_000 or 2.5e5. */
const amount = (fallback: number, description: string, min = 0, max = 1e12) =>
  z
    .string()
    .regex(/^\d[\d_]*(\.\d+)?(e\d{1,2})?$/i, 'is no number such as 250000 or 2.5e5')
    .transform(text => Number(text.replaceAll('_', '')))
    .refine(n => Number.isInteger(n) && n >= min && n <= max, `must be a whole number from ${min} to ${max}`)
    .default(fallback)
    .describe(description)

const shape = {
  customers: amount(10_000, 'on the list from the beginning'),
  writes: amount(1000, 'customers created or changed a month, half and half'),
  rows: amount(0, 'rows of batches a month'),
  reads: amount(10_000, 'customers read by their id a month'),
  searches: amount(5000, 'searches a month'),
  lookups: amount(1000, 'lookups by the public a month'),
  purchases: amount(0, 'a month'),
  agents: amount(10, 'who log in'),
  locations: amount(1, 'regions', 1, 5),
  months: amount(12, 'that it has run: what was stored since is still there', 0, 1200),
  'log-days': z
    .enum(['30', '90', '180', '365', '731'], 'must be 30, 90, 180, 365 or 731')
    .default('365')
    .transform(Number)
    .describe('how long logs are kept'),
  search: z
    .enum(['single-node', 'multi-az', 'none'], 'must be single-node, multi-az or none')
    .default('single-node')
    .describe('form of the search domain'),
}
const options = z.strictObject({ ...shape, json: z.boolean().default(false).describe('for programs') })
export type Load = z.output<typeof options>

/** Lists all errors of the command line. */
export class UsageError extends Error {}

const lines = Object.entries(options.shape).map(([name, option]) => {
  const value = name === 'json' ? '' : name === 'search' ? ' FORM' : ' N'
  const fallback = name === 'json' ? '' : ` (${option.parse(undefined)})`
  return `  ${`--${name}${value}`.padEnd(16)}${option.description}${fallback}`
})
export const USAGE = `npm run -s cost -- [options]: what a month costs, in US dollars, by service\n${lines.join('\n')}`

function wordsIn(words: readonly string[]): Record<string, unknown> {
  const knownOptions = Object.keys(options.shape).map(
    name => [name, { type: name === 'json' ? ('boolean' as const) : ('string' as const) }] as const,
  )
  try {
    return { ...parseArgs({ args: [...words], options: Object.fromEntries(knownOptions) }).values }
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : error}\n${USAGE}`)
  }
}

/** Parses the command line. @throws UsageError */
export function parseLoad(words: readonly string[]): Load {
  const read = options.safeParse(wordsIn(words))
  if (read.success) return read.data
  throw new UsageError(read.error.issues.map(({ path, message }) => `--${path.join('.')} ${message}`).join('\n'))
}

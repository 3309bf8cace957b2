import { z } from 'zod'
import { customerId } from '#contract/schemas/customer.ts'
import { timestampInput, timestampText } from '#contract/schemas/time.ts'

const DAY_MS = 86_400_000

/** An integer option. */
export const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/, 'is no whole number')
    .transform(Number)
    .refine(n => n >= min && n <= max, `is not between ${min} and ${max}`)

/** `--limit`: how many entries a list shows at most. */
export const maxItems = (max: number, standard: number) =>
  wholeNumber(1, max)
    .default(standard)
    .meta({ value: 'N', description: `maximum number (default: ${standard})` })

/** The argument of commands about one customer. */
export const oneCustomer = customerId.meta({ value: 'ID', description: "the customer's id" })

/** A boolean option. */
export const flag = (description: string) => z.boolean().default(false).meta({ description })

/** An option that is one of some words. */
export const oneOf = <const T extends readonly string[]>(values: T, value: string, description: string) =>
  z.enum(values, { error: `must be one of ${values.join(', ')}` }).meta({ value, description })

/** An option with a time. A date means its beginning, UTC, as in the API. */
export const startOfDay = (description: string) =>
  timestampInput.meta({ value: 'TIME', description: `${description} (a date: its beginning, UTC)` })

/**
 * An option with a time up to which something counts. A date means the end of that day, UTC: its last millisecond, or the next day's
 * beginning where the API excludes the time itself.
 */
export const endOfDay = (description: string, { exclusive = false } = {}) =>
  timestampText
    .transform(text => {
      const wholeDay = text.includes('T') ? 0 : DAY_MS - (exclusive ? 0 : 1)
      return new Date(Date.parse(timestampInput.parse(text)) + wholeDay).toISOString()
    })
    .meta({ value: 'TIME', description: `${description} (a date: its end, UTC)` })

/** `--json` prints the response for programs. */
export const json = flag('the answer as JSON, for programs')

/** `--detail`, once for each value of a custom field. */
export const details = z
  .array(
    z
      .string()
      .regex(/^[a-z][a-z0-9_]*=./s, 'must be NAME=VALUE, such as city=Gent')
      .transform(text => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)] as const),
  )
  .default([])
  .meta({ value: 'NAME=VALUE', description: 'the value of a custom field; may be repeated', multiple: true })

/** What --help and completion say about an option or an argument. */
export interface About {
  /** The name of its value; null for a flag. */
  value: string | null
  description: string
  multiple: boolean
  /** The values that it takes, if these are words. */
  choices: readonly string[]
}

/** What an optional schema, or one with a default, wraps. */
function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodDefault ? unwrap(schema.unwrap()) : schema
}

/** A description may be given before or after `optional()`. */
export function about(schema: z.ZodType): About {
  const inner = unwrap(schema)
  const { value, description, multiple, choices } = {
    ...(inner instanceof z.ZodType ? inner.meta() : {}),
    ...schema.meta(),
  }
  const words = inner instanceof z.ZodEnum ? inner.options : []
  return {
    value: typeof value === 'string' ? value : null,
    description: description ?? '',
    multiple: multiple === true,
    choices: (Array.isArray(choices) ? choices : words).map(String),
  }
}

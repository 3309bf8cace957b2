import type { z } from 'zod'
import { toFieldErrors } from '#contract/field-errors.ts'

/** Returns the pointers of all errors that a schema finds in a value, or an empty list. */
export function toErrorPointers(schema: z.ZodType, value: unknown, location: '#' | '?' = '#'): string[] {
  const result = schema.safeParse(value)
  return result.success ? [] : [...new Set(toFieldErrors(result.error, location).map(({ pointer }) => pointer))].sort()
}

/** Returns the parsed value, or undefined when the schema refuses it. */
export function parseOrUndefined<T>(schema: z.ZodType<T>, value: unknown): T | undefined {
  const result = schema.safeParse(value)
  return result.success ? result.data : undefined
}

import type { z } from 'zod'
import { toFieldErrors } from '#contract/field-errors.ts'

/** The pointers of everything that a schema finds wrong with a value; empty when it takes it. */
export function toPointers(schema: z.ZodType, value: unknown, place: '#' | '?' = '#'): string[] {
  const read = schema.safeParse(value)
  return read.success ? [] : [...new Set(toFieldErrors(read.error, place).map(({ pointer }) => pointer))].sort()
}

/** What a schema makes of a value; undefined when it refuses it. */
export function taken<T>(schema: z.ZodType<T>, value: unknown): T | undefined {
  const read = schema.safeParse(value)
  return read.success ? read.data : undefined
}

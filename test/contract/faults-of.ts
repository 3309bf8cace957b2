import type { z } from 'zod'
import { faultsIn } from '#contract/faults.ts'

/** The pointers of everything that a schema finds wrong with a value; empty when it takes it. */
export function pointersOf(schema: z.ZodType, value: unknown, place: '#' | '?' = '#'): string[] {
  const read = schema.safeParse(value)
  return read.success ? [] : [...new Set(faultsIn(read.error, place).map(({ pointer }) => pointer))].sort()
}

/** What a schema makes of a value; undefined when it refuses it. */
export function taken<T>(schema: z.ZodType<T>, value: unknown): T | undefined {
  const read = schema.safeParse(value)
  return read.success ? read.data : undefined
}

import { z } from 'zod'

/** A whole number of the command line. */
export const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/, 'is no whole number')
    .transform(Number)
    .refine(n => n >= min && n <= max, `is not between ${min} and ${max}`)

/** An option that is there or not. */
export const flag = (description: string) => z.boolean().default(false).meta({ description })

/** `--json`: the answer as it came, for programs. */
export const json = flag('the answer as JSON, for programs')

/** What an option's schema says of itself for --help; one without a name for its value is a flag. */
export function about(schema: z.ZodType): { value: string | null; description: string } {
  const { value, description } = schema.meta() ?? {}
  return { value: typeof value === 'string' ? value : null, description: description ?? '' }
}

import { z } from 'zod'

/** An integer option. */
export const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/, 'is no whole number')
    .transform(Number)
    .refine(n => n >= min && n <= max, `is not between ${min} and ${max}`)

/** A boolean option. */
export const flag = (description: string) => z.boolean().default(false).meta({ description })

/** `--json` prints the response for programs. */
export const json = flag('the answer as JSON, for programs')

/** An option's description in --help. Without a value name it is a flag. */
export function about(schema: z.ZodType): { value: string | null; description: string } {
  const { value, description } = schema.meta() ?? {}
  return { value: typeof value === 'string' ? value : null, description: description ?? '' }
}

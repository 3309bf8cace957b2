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

/** An option's description in --help. Without a value name it is a flag. */
export function about(schema: z.ZodType): { value: string | null; description: string; multiple: boolean } {
  const { value, description, multiple } = schema.meta() ?? {}
  return {
    value: typeof value === 'string' ? value : null,
    description: description ?? '',
    multiple: multiple === true,
  }
}

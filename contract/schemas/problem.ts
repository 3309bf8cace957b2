import * as z from 'zod'

/** RFC 9457. `pointer` is `#/member` for the body, `?name` for the query, `{name}` for the path, and otherwise a header's name. */
export const fault = z.object({ pointer: z.string(), detail: z.string() }).meta({ id: 'Fault' })
export type FieldError = z.infer<typeof fault>

export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    instance: z.string(),
    request_id: z.string(),
    errors: z.array(fault),
  })
  .meta({ id: 'Problem' })
export type Problem = z.infer<typeof problem>

import { z } from 'zod'

/** What can be done with a field or a type. */
const verbs = ['list', 'show', 'request', 'authorise', 'reject', 'remove'] as const
const verb = z.enum(verbs)

/** The argument: a verb and, except for `list`, a name. */
export const definitionArgument = z
  .string()
  .transform((words, context) => {
    const [first, name = '', ...more] = words.trim().split(/\s+/)
    const { success, data } = verb.safeParse(first)
    const message = success
      ? (data === 'list') === (name !== '') || more.length > 0
        ? `is wrong: ${data} takes ${data === 'list' ? 'no name' : 'one name'}`
        : null
      : `must begin with ${verbs.join(', ')}`
    if (message === null && data !== undefined) return { verb: data, name }
    context.addIssue(message ?? '')
    return z.NEVER
  })
  .meta({
    value: 'VERB [NAME]',
    description: 'list; show or request NAME; provider: authorise, reject or remove NAME',
  })

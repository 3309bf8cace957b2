import { z } from 'zod'

/**
 * An argument of a verb and, depending on the verb, a name: `users remove grace`.
 *
 * @param verbs for each verb, what its name is called in --help, or null if it takes none. The first is the default if it takes none.
 */
export function verbArgument<const V extends string>(verbs: Readonly<Record<V, string | null>>, description = '') {
  const isVerb = (word: string): word is V => Object.hasOwn(verbs, word)
  const words = Object.keys(verbs)
  const [first = ''] = words
  const isOptional = isVerb(first) && verbs[first] === null
  const read = (text: string | undefined, context: z.RefinementCtx) => {
    const [verb = '', name = '', ...more] = (text ?? (isOptional ? first : '')).trim().split(/\s+/)
    if (!isVerb(verb)) context.addIssue(`must begin with ${words.join(', ')}`)
    else {
      const takes = verbs[verb]
      if ((takes === null) === (name === '') && more.length === 0) return { verb, name }
      context.addIssue(`is wrong: ${verb} takes ${takes === null ? 'no name' : `one ${takes}`}`)
    }
    return z.NEVER
  }
  const names = Object.entries<string | null>(verbs).map(([verb, name]) => (name === null ? verb : `${verb} ${name}`))
  const text = z.string()
  return (isOptional ? text.optional() : text).transform(read).meta({
    value: isOptional ? '[VERB [NAME]]' : 'VERB [NAME]',
    description: description || names.join(', '),
    choices: words,
  })
}

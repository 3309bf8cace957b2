import { verbArgument } from '../verb-argument.ts'

/** The argument of commands about fields or types: a verb and, except for `list`, a name. */
export const definitionArgument = verbArgument(
  { list: null, show: 'name', request: 'name', authorise: 'name', reject: 'name', remove: 'name' },
  'list; show or request NAME; provider: authorise, reject or remove NAME',
)

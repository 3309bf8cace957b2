import type { Command } from './command.ts'
import type { About } from './option.ts'

const quote = (words: readonly string[]): string => `'${words.join(' ')}'`

const FILES = 'files=yes'

/** Shell code that completes a value: one of some words, a file, or nothing. */
function toReply({ value, choices }: About): string {
  if (choices.length > 0) return `words=${quote(choices)}`
  return value?.includes('FILE') ? FILES : ':'
}

/** The branch of one command: the value of the option before the cursor, otherwise its options and the words of its argument. */
function toBranch({ name, argument, options }: Command): string {
  const valued = options.filter(([, { value }]) => value !== null)
  const branches: Record<string, string[]> = {}
  for (const [option, about] of valued) {
    branches[toReply(about)] ??= []
    branches[toReply(about)]?.push(`--${option}`)
  }
  const values = Object.entries(branches).map(([reply, members]) => `        ${members.join('|')}) ${reply} ;;`)
  const flags = options.map(([option]) => `--${option}`)
  const files = toReply(argument) === FILES ? `; ${FILES}` : ''
  const rest = `        *) words=${quote([...argument.choices, ...flags, '--help'])}${files} ;;`
  return [`    ${name})`, '      case $previous in', ...values, rest, '      esac ;;'].join('\n')
}

/** A completion script for bash, made from the commands' definitions. */
export function bashCompletion(commands: readonly Command[]): string {
  const names = [...commands.map(({ name }) => name), '--help', '--version']
  return `_registry() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} words='' files=''
  if [ "$COMP_CWORD" -eq 1 ]; then words=${quote(names)}; else
    case \${COMP_WORDS[1]} in
${commands.map(toBranch).join('\n')}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  if [ -n "$files" ]; then COMPREPLY+=($(compgen -f -- "$current")); fi
}
complete -o filenames -F _registry registry
`
}

/** The same for zsh, which has bash's completion functions as a module. */
export const zshCompletion = (commands: readonly Command[]): string =>
  `autoload -U +X compinit && compinit
autoload -U +X bashcompinit && bashcompinit
${bashCompletion(commands)}`

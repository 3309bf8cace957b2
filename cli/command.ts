import { parseArgs } from 'node:util'
import type { z } from 'zod'
import { Client } from './client.ts'
import { toCode, UsageError } from './failure.ts'
import { toHelp } from './help.ts'
import { type About, about } from './option.ts'
import { connectionOptions, readSettings } from './settings.ts'

/** A command's definition, from which parsing and --help follow. */
export interface Definition<A extends z.ZodType, O extends z.ZodObject> {
  name: string
  summary: string
  /** Further text of --help. */
  notes?: readonly string[]
  /** The argument after the command's name; its meta `value` names it in --help. Several words are joined to one text. */
  argument: A
  options: O
  /** The default of --patience, in seconds. */
  patience: number
  /** Runs the command and returns the exit code. */
  run(input: { argument: z.output<A>; options: z.output<O>; client: Client }): Promise<number>
}

export interface Command {
  name: string
  summary: string
  argument: About
  /** Its own options and those of every command, by name. */
  options: readonly (readonly [name: string, about: About])[]
  /** @throws Failure */
  run(words: readonly string[], environment: Record<string, string | undefined>): Promise<number>
}

/** Clears the line of a progress bar first; the bar redraws itself. */
function notice(text: string): void {
  process.stderr.write(`${process.stderr.isTTY ? '\r\u001b[K' : ''}registry: ${text}\n`)
}

const toAbout = (options: z.ZodObject) =>
  Object.entries<z.ZodType>(options.shape).map(([name, schema]) => [name, about(schema)] as const)

type Words = Record<string, string | boolean | (string | boolean)[] | undefined>

/** `--` and words that can only be options. */
const OPTION = /^(-h|--([a-z-]+(=.*)?)?)$/s

/**
 * Joins an option with a value that begins with a dash, such as an entity tag or a password: apart, `parseArgs` takes it for an option.
 * A word that looks like an option is left alone, so that a forgotten value is reported.
 */
function joinDashes(words: readonly string[], takesValue: (option: string) => boolean): string[] {
  const joined: string[] = []
  const end = words.includes('--') ? words.indexOf('--') : words.length
  for (const [n, word] of words.entries()) {
    const option = joined.at(-1)
    if (n < end && word.startsWith('-') && !OPTION.test(word) && option !== undefined && takesValue(option))
      joined.splice(-1, 1, `${option}=${word}`)
    else joined.push(word)
  }
  return joined
}

function split(words: readonly string[], shape: Record<string, z.ZodType>): { values: Words; positionals: string[] } {
  const knownOptions = Object.entries(shape).map(([name, schema]) => {
    const { value, multiple } = about(schema)
    return [name, { type: value === null ? 'boolean' : 'string', multiple }] as const
  })
  const options = Object.fromEntries(knownOptions)
  try {
    return parseArgs({
      args: joinDashes(words, word => word.startsWith('--') && options[word.slice(2)]?.type === 'string'),
      options: { ...options, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    })
  } catch (error) {
    if (!(error instanceof Error) || !toCode(error)?.startsWith('ERR_PARSE_ARGS')) throw error
    throw new UsageError(error.message.split(/\.\s|\n/)[0] ?? '')
  }
}

/** The parsed value, or every error in it. */
function read<T extends z.ZodType>(
  schema: T,
  value: unknown,
  name: string,
): { value: z.output<T> } | { faults: string[] } {
  const { success, data, error } = schema.safeParse(value)
  if (success) return { value: data }
  return {
    faults: error.issues.map(
      issue => `${issue.path.length > 0 ? `--${String(issue.path[0])}` : name} ${issue.message}`,
    ),
  }
}

const pick = (values: Words, names: object): Words =>
  Object.fromEntries(Object.entries(values).filter(([name]) => name in names))

/** Creates a command from its definition. */
export function command<A extends z.ZodType, O extends z.ZodObject>(definition: Definition<A, O>): Command {
  const { name, summary, argument, options, patience } = definition
  const argumentName = about(argument).value
  const run: Command['run'] = async (words, environment) => {
    const { values, positionals } = split(words, { ...options.shape, ...connectionOptions.shape })
    if (values.help) {
      process.stdout.write(toHelp(definition))
      return 0
    }
    if (argumentName === null && positionals.length > 0) throw new UsageError(`takes no ${positionals[0]}`)
    const needed = argumentName !== null && !argument.safeParse(undefined).success
    if (needed && positionals.length === 0) throw new UsageError(`needs a ${argumentName}`)
    const parts = [
      read(argument, positionals.length > 0 ? positionals.join(' ') : undefined, argumentName ?? ''),
      read(options, pick(values, options.shape), ''),
      read(connectionOptions, pick(values, connectionOptions.shape), ''),
    ] as const
    const [first, ownOptions, common] = parts
    if (!('value' in first) || !('value' in ownOptions) || !('value' in common))
      throw new UsageError(parts.flatMap(part => ('faults' in part ? part.faults : [])).join('; '))
    const client = new Client(readSettings(common.value, environment, patience), notice)
    return definition.run({ argument: first.value, options: ownOptions.value, client })
  }
  const ownOptions = [...toAbout(options), ...toAbout(connectionOptions)]
  return { name, summary, argument: about(argument), options: ownOptions, run }
}

import { parseArgs } from 'node:util'
import type { z } from 'zod'
import { Client } from './client.ts'
import { toCode, UsageError } from './failure.ts'
import { toHelp } from './help.ts'
import { about } from './option.ts'
import { connectionOptions, readSettings } from './settings.ts'

/** What a command is, and what follows from it: reading its options, its --help. */
export interface Definition<A extends z.ZodType, O extends z.ZodObject> {
  name: string
  summary: string
  /** What --help says beyond the options. */
  notes?: readonly string[]
  /** What stands after the command's name; its meta `value` is its name in --help. Several words make one text. */
  argument: A
  options: O
  /** Seconds of patience where --patience does not say. */
  patience: number
  /** Does it, and gives the exit code. */
  run(input: { argument: z.output<A>; options: z.output<O>; client: Client }): Promise<number>
}

export interface Command {
  name: string
  summary: string
  /** @throws Failure */
  run(words: readonly string[], environment: Record<string, string | undefined>): Promise<number>
}

/** Clears a progress bar's line first: it draws itself again. */
function notice(text: string): void {
  process.stderr.write(`${process.stderr.isTTY ? '\r\u001b[K' : ''}registry: ${text}\n`)
}

type Words = Record<string, string | boolean | undefined>

function split(words: readonly string[], shape: Record<string, z.ZodType>): { values: Words; positionals: string[] } {
  const known = Object.entries(shape).map(
    ([name, schema]) => [name, { type: about(schema).value === null ? 'boolean' : 'string' }] as const,
  )
  try {
    return parseArgs({
      args: [...words],
      options: { ...Object.fromEntries(known), help: { type: 'boolean' } },
      allowPositionals: true,
    })
  } catch (error) {
    if (!(error instanceof Error) || !toCode(error)?.startsWith('ERR_PARSE_ARGS')) throw error
    throw new UsageError(error.message.split(/\.\s|\n/)[0] ?? '')
  }
}

/** What a schema makes of words, or every fault in them. */
function read<T extends z.ZodType>(
  schema: T,
  value: unknown,
  name: string,
): { value: z.output<T> } | { faults: string[] } {
  const { success, data, error } = schema.safeParse(value)
  if (success) return { value: data }
  return {
    faults: error.issues.map(issue => `${issue.path.length > 0 ? `--${issue.path.join('.')}` : name} ${issue.message}`),
  }
}

const pick = (values: Words, names: object): Words =>
  Object.fromEntries(Object.entries(values).filter(([name]) => name in names))

/** Makes a command of its definition. */
export function command<A extends z.ZodType, O extends z.ZodObject>(definition: Definition<A, O>): Command {
  const { name, summary, argument, options, patience } = definition
  const what = about(argument).value
  const run: Command['run'] = async (words, environment) => {
    const { values, positionals } = split(words, { ...options.shape, ...connectionOptions.shape })
    if (values.help) {
      process.stdout.write(toHelp(definition))
      return 0
    }
    if (what === null && positionals.length > 0) throw new UsageError(`takes no ${positionals[0]}`)
    const needed = what !== null && !argument.safeParse(undefined).success
    if (needed && positionals.length === 0) throw new UsageError(`needs a ${what}`)
    const parts = [
      read(argument, positionals.length > 0 ? positionals.join(' ') : undefined, what ?? ''),
      read(options, pick(values, options.shape), ''),
      read(connectionOptions, pick(values, connectionOptions.shape), ''),
    ] as const
    const [first, own, common] = parts
    if (!('value' in first) || !('value' in own) || !('value' in common))
      throw new UsageError(parts.flatMap(part => ('faults' in part ? part.faults : [])).join('; '))
    const client = new Client(readSettings(common.value, environment, patience), notice)
    return definition.run({ argument: first.value, options: own.value, client })
  }
  return { name, summary, run }
}

import type { z } from 'zod'
import { about } from './option.ts'
import { connectionOptions } from './settings.ts'

interface Told {
  name: string
  summary: string
  notes?: readonly string[]
  argument: z.ZodType
  options: z.ZodObject
}

const columns = (rows: readonly (readonly [string, string])[]): string => {
  const width = Math.max(...rows.map(([name]) => name.length))
  return rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}\n`).join('')
}

const toOptions = (schema: z.ZodObject): [string, string][] =>
  Object.entries<z.ZodType>(schema.shape).map(([name, option]) => {
    const { value, description } = about(option)
    return [`--${name}${value === null ? '' : ` ${value}`}`, description]
  })

/** The help text of a command. */
export function toHelp({ name, summary, notes = [], argument, options }: Told): string {
  const { value, description } = about(argument)
  const rows = [...(value === null ? [] : [[value, description] as const]), ...toOptions(options)]
  return [
    `registry ${name}${value === null ? '' : ` ${value}`} [options]: ${summary}\n`,
    ...(rows.length > 0 ? [columns(rows)] : []),
    `For every command:\n${columns([...toOptions(connectionOptions), ['-h, --help', 'this help']])}`,
    ...(notes.length > 0 ? [`${notes.join('\n')}\n`] : []),
  ].join('\n')
}

/** The help text of the program. */
export function overview(commands: readonly { name: string; summary: string }[]): string {
  return [
    'registry COMMAND [options]: the customer registry from the command line\n',
    columns(commands.map(({ name, summary }) => [name, summary])),
    columns([
      ['-h, --help', 'this help'],
      ['--version', 'the version'],
    ]),
    `registry COMMAND --help says more. For every command:\n${columns(toOptions(connectionOptions))}`,
    'REGISTRY_TOKEN holds a token to use in place of a user and a password.\nExit codes: 0 done, 1 an error (said on standard error), 2 done but for some rows (ingest), with differences left (drift, audit verify), locations pending (erase) or an invalid receipt or certificate (verify).\n',
  ].join('\n')
}

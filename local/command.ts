import * as z from 'zod'

const name = z.string()
/** The maximum delay of replication: ten minutes. */
const MAX_LAG_MS = 600_000

/** The commands to running locations. */
export const command = z.discriminatedUnion('command', [
  z.object({ command: z.literal('status'), json: z.boolean() }),
  z.object({ command: z.enum(['cut', 'heal', 'kill', 'start']), location: name }),
  z.object({ command: z.literal('lag'), location: name, lag: z.number().int().min(0).max(MAX_LAG_MS) }),
])
export type Command = z.infer<typeof command>

/** The result of a command; `wrong` if it is invalid. */
export const outcome = z.object({ outcome: z.enum(['done', 'failed', 'wrong']), text: z.string() })
export type Outcome = z.infer<typeof outcome>

/** The command is invalid. */
export class InvalidCommand extends Error {}

export const USAGE = `npm run -s locations -- COMMAND
  status [--json]   what runs where, what is cut off, how many changes are on their way
  cut LOCATION      nothing replicates to or from it
  heal LOCATION     it does again, without a lag
  lag LOCATION 5s   what goes to or from it arrives so much later (ms, s or m; 0s: at once)
  kill LOCATION     ends its process and its table engine as a power cut would
  start LOCATION    starts it again`

const UNITS = { ms: 1, s: 1000, m: 60_000 }

function toDuration(text: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(text) ?? []
  const factor = Object.entries(UNITS).find(([name]) => name === unit)?.[1]
  const ms = Math.round(Number(number) * (factor ?? Number.NaN))
  if (!(ms <= MAX_LAG_MS)) throw new InvalidCommand(`${text} is not a time from 0s to 10m, such as 5s or 300ms`)
  return ms
}

/** Parses the command line. @throws InvalidCommand */
export function commandIn(words: readonly string[]): Command {
  const [verb, ...rest] = words
  const count = verb === 'status' ? rest.length <= 1 : rest.length === (verb === 'lag' ? 2 : 1)
  const [location = '', time = ''] = rest
  switch (verb) {
    case undefined:
      throw new InvalidCommand(USAGE)
    case 'status':
      if (!count || (rest.length === 1 && location !== '--json')) throw new InvalidCommand('status takes only --json')
      return { command: verb, json: rest.length === 1 }
    case 'cut':
    case 'heal':
    case 'kill':
    case 'start':
      if (!count) throw new InvalidCommand(`${verb} takes one location, such as loc2`)
      return { command: verb, location }
    case 'lag':
      if (!count) throw new InvalidCommand('lag takes a location and a time, such as loc3 5s')
      return { command: verb, location, lag: toDuration(time) }
    default:
      throw new InvalidCommand(`Unknown command ${verb}\n${USAGE}`)
  }
}

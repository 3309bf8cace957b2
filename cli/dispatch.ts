import about from '../package.json' with { type: 'json' }
import type { Command } from './command.ts'
import { audit } from './commands/audit.ts'
import { toCompletion } from './commands/completion.ts'
import { conflicts } from './commands/conflicts.ts'
import { create } from './commands/create.ts'
import { deleteCommand, restore } from './commands/delete.ts'
import { diff } from './commands/diff.ts'
import { drift } from './commands/drift.ts'
import { duplicates } from './commands/duplicates.ts'
import { erase } from './commands/erase.ts'
import { exportCommand } from './commands/export.ts'
import { fields } from './commands/fields.ts'
import { get } from './commands/get.ts'
import { history } from './commands/history.ts'
import { hold } from './commands/hold.ts'
import { holds } from './commands/holds.ts'
import { ingest } from './commands/ingest.ts'
import { list } from './commands/list.ts'
import { locations } from './commands/locations.ts'
import { lookup } from './commands/lookup.ts'
import { distinct, merge, split } from './commands/merge.ts'
import { rebuild } from './commands/rebuild.ts'
import { rebuildViews } from './commands/rebuild-views.ts'
import { report } from './commands/report.ts'
import { retention } from './commands/retention.ts'
import { search } from './commands/search.ts'
import { status } from './commands/status.ts'
import { token } from './commands/token.ts'
import { types } from './commands/types.ts'
import { update } from './commands/update.ts'
import { users } from './commands/users.ts'
import { verify } from './commands/verify.ts'
import { Failure, UsageError } from './failure.ts'
import { overview } from './help.ts'

/** All commands, in the order of the help. */
export const commands: Command[] = [
  ...[list, search, get, history, diff, lookup, verify],
  ...[create, update, deleteCommand, restore, duplicates, merge, distinct, split],
  ...[ingest, exportCommand, fields, types, conflicts, retention, hold, holds, erase, audit, report],
  ...[users, token, status, locations, rebuild, rebuildViews, drift],
]
commands.push(toCompletion(commands))

/** One line that explains an error, without a stack. */
function explain(name: string, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  const hint = error instanceof UsageError ? `; see registry${name && ` ${name}`} --help` : ''
  const text = error instanceof Failure ? message : `unexpected error: ${message}`
  return `registry${name && ` ${name}`}: ${text.replaceAll(/\s+/g, ' ')}${hint}\n`
}

/** Runs a command and returns the exit code. */
export async function main([name = '', ...words]: readonly string[]): Promise<number> {
  const command = commands.find(command => command.name === name)
  if (command) {
    return command.run(words, process.env).catch((error: unknown) => {
      process.stderr.write(explain(name, error))
      return 1
    })
  }
  if (name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(overview(commands))
    return 0
  }
  if (name === '--version') {
    process.stdout.write(`registry ${about.version}\n`)
    return 0
  }
  const message =
    name === '' ? `needs a command: ${commands.map(command => command.name).join(', ')}` : `there is no command ${name}`
  process.stderr.write(explain('', new UsageError(message)))
  return 1
}

/** `npm run -s locations -- …`: sends a command to the locations that `npm start` runs. */
import { resolve } from 'node:path'
import { InvalidEnvironment, localEnv, readEnv } from '#contract/env.ts'
import { type Command, commandIn, InvalidCommand, type Outcome, outcome, USAGE } from './command.ts'
import { toControl } from './control.ts'

async function sendCommand(data: string, command: Command): Promise<Outcome> {
  const notRunning: Outcome = { outcome: 'failed', text: `No registry runs on ${data}: npm start starts one` }
  const control = await toControl(data)
  if (control === null) return notRunning
  const response = await fetch(`http://127.0.0.1:${control.port}/`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${control.token}` },
    body: JSON.stringify(command),
  }).catch(() => null)
  // Another program may use the port since the registry was killed.
  const parsed = outcome.safeParse(await response?.json().catch(() => null))
  return parsed.success ? parsed.data : notRunning
}

const codes = { done: 0, failed: 1, wrong: 2 }

async function main(): Promise<void> {
  const words = process.argv.slice(2)
  if (words.includes('--help')) return console.log(USAGE)
  const command = commandIn(words)
  const { outcome, text } = await sendCommand(resolve(readEnv(localEnv, process.env).REGISTRY_DATA), command)
  if (outcome === 'done') console.log(text)
  else console.error(text)
  process.exitCode = codes[outcome]
}

main().catch((error: unknown) => {
  const expected = error instanceof InvalidCommand || error instanceof InvalidEnvironment
  console.error(expected ? error.message : error)
  process.exitCode = expected ? 2 : 1
})

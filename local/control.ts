import { randomBytes, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import * as z from 'zod'
import { type Command, command, type Outcome } from './command.ts'
import { type Service, StartupError } from './service.ts'

const note = z.object({ port: z.number(), token: z.string() })

export const controlFile = (data: string): string => join(data, 'control.json')

/** The control endpoint of the registry that runs on a data folder; null if none runs. */
export async function toControl(data: string): Promise<z.infer<typeof note> | null> {
  try {
    return note.parse(JSON.parse(await readFile(controlFile(data), 'utf8')))
  } catch {
    return null
  }
}

/** Accepts commands on a loopback port from anyone who can read the token in the data folder, which only this user can. */
export class Control implements Service {
  readonly name = 'control'
  readonly #data: string
  readonly #execute: (command: Command) => Promise<Outcome>
  readonly #token = randomBytes(32).toString('base64url')
  #server: Server | null = null

  constructor(data: string, execute: (command: Command) => Promise<Outcome>) {
    this.#data = data
    this.#execute = execute
  }

  async start(): Promise<void> {
    const server = createServer((request, response) => void this.#answer(request, response))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    if (address === null || typeof address === 'string') throw new StartupError('No free port')
    this.#server = server
    await mkdir(this.#data, { recursive: true, mode: 0o700 })
    const file = controlFile(this.#data)
    await rm(`${file}.new`, { force: true })
    const endpoint = { port: address.port, token: this.#token }
    await writeFile(`${file}.new`, JSON.stringify(endpoint), { mode: 0o600 })
    await rename(`${file}.new`, file)
  }

  async stop(): Promise<void> {
    const server = this.#server
    if (server === null) return
    await rm(controlFile(this.#data), { force: true })
    const closed = once(server, 'close')
    server.close()
    server.closeAllConnections()
    await closed
  }

  #mayCommand(request: IncomingMessage): boolean {
    const received = Buffer.from(request.headers.authorization ?? '')
    const expected = Buffer.from(`Bearer ${this.#token}`)
    return received.length === expected.length && timingSafeEqual(received, expected)
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = async (): Promise<[number, unknown]> => {
      if (!this.#mayCommand(request)) return [401, {}]
      const parsed = command.safeParse(JSON.parse(await text(request)))
      return parsed.success ? [200, await this.#execute(parsed.data)] : [400, {}]
    }
    const [status, body] = await answer().catch((error: unknown): [number, unknown] => [
      200,
      { outcome: 'failed', text: error instanceof Error ? error.message : String(error) },
    ])
    response.writeHead(status, { 'Content-Type': 'application/json' })
    response.end(JSON.stringify(body))
  }
}

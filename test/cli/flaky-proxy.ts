import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'

/** What happens to one request on its way: an answer in the server's place, or the connection breaks before or after the server did it. */
export type Trouble =
  | { status: number; headers?: Record<string, string>; body?: string }
  | 'lost request'
  | 'lost answer'

/** A request that came by. */
export interface Passed {
  path: string
  at: number
  key: string | undefined
}

/** A way to a server on which requests to one path meet troubles, in their order; then it is a plain way. */
export class TroubledWay {
  url = ''
  readonly passed: Passed[] = []
  /** Called after each answer that got through. */
  answered: (path: string) => Promise<void> = async () => {}
  readonly #to: string
  readonly #server: Server
  #path = ''
  #troubles: Trouble[] = []

  constructor(to: string) {
    this.#to = to
    this.#server = createServer((request, response) => {
      this.#pass(request, response).catch(() => request.socket.destroy())
    })
  }

  async open(): Promise<this> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    const address = this.#server.address()
    if (address !== null && typeof address !== 'string') this.url = `http://127.0.0.1:${address.port}`
    return this
  }

  /** Begins anew: what passed is forgotten. */
  put(path: string, troubles: readonly Trouble[]): void {
    this.#path = path
    this.#troubles = [...troubles]
    this.passed.length = 0
    this.answered = async () => {}
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }

  async #pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = Buffer.concat(await request.toArray())
    const path = (request.url ?? '/').split('?')[0] ?? ''
    const { host: _, connection: __, 'content-length': ___, ...headers } = request.headers
    this.passed.push({ path, at: performance.now(), key: request.headersDistinct['idempotency-key']?.[0] })
    const trouble = path === this.#path ? this.#troubles.shift() : undefined
    if (trouble === 'lost request') return void request.socket.destroy()
    if (trouble !== undefined && trouble !== 'lost answer')
      return void response.writeHead(trouble.status, trouble.headers).end(trouble.body)
    const sent = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)])
    const answer = await fetch(this.#to + request.url, {
      method: request.method ?? 'GET',
      headers: sent,
      ...(body.length > 0 ? { body } : {}),
    })
    const text = await answer.text()
    if (trouble === 'lost answer') return void request.socket.destroy()
    response.writeHead(answer.status, { 'Content-Type': answer.headers.get('Content-Type') ?? '' }).end(text)
    await this.answered(path)
  }
}

import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'

/** What happens to a request: a response by the proxy, or a connection that breaks before or after the server processed it. */
export type Failure =
  | { status: number; headers?: Record<string, string>; body?: string }
  | 'lost request'
  | 'lost answer'

/** A request that reached the proxy. */
export interface ForwardedRequest {
  path: string
  at: number
  key: string | undefined
}

/** A proxy whose requests to one path fail as given, in order. All other requests are forwarded. */
export class FlakyProxy {
  url = ''
  readonly requests: ForwardedRequest[] = []
  /** Called after each forwarded response. */
  onResponse: (path: string) => Promise<void> = async () => {}
  readonly #target: string
  readonly #server: Server
  #path = ''
  #failures: Failure[] = []

  constructor(to: string) {
    this.#target = to
    this.#server = createServer((request, response) => {
      this.#forward(request, response).catch(() => request.socket.destroy())
    })
  }

  async open(): Promise<this> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    const address = this.#server.address()
    if (address !== null && typeof address !== 'string') this.url = `http://127.0.0.1:${address.port}`
    return this
  }

  /** Forgets recorded requests and sets the next failures. */
  reset(path: string, failures: readonly Failure[]): void {
    this.#path = path
    this.#failures = [...failures]
    this.requests.length = 0
    this.onResponse = async () => {}
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }

  async #forward(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = Buffer.concat(await request.toArray())
    const path = (request.url ?? '/').split('?')[0] ?? ''
    const { host: _, connection: __, 'content-length': ___, ...headers } = request.headers
    this.requests.push({ path, at: performance.now(), key: request.headersDistinct['idempotency-key']?.[0] })
    const failure = path === this.#path ? this.#failures.shift() : undefined
    if (failure === 'lost request') return void request.socket.destroy()
    if (failure !== undefined && failure !== 'lost answer')
      return void response.writeHead(failure.status, failure.headers).end(failure.body)
    const forwardedHeaders = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)])
    const upstream = await fetch(this.#target + request.url, {
      method: request.method ?? 'GET',
      headers: forwardedHeaders,
      ...(body.length > 0 ? { body } : {}),
    })
    const text = await upstream.text()
    if (failure === 'lost answer') return void request.socket.destroy()
    response.writeHead(upstream.status, { 'Content-Type': upstream.headers.get('Content-Type') ?? '' }).end(text)
    await this.onResponse(path)
  }
}

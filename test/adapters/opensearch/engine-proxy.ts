import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/**
 * `open`: requests are forwarded. `cut`: connections break. `silent`: requests are accepted and never answered. `stalled`: a response
 * stops after its first bytes.
 */
type State = 'open' | 'cut' | 'silent' | 'stalled'

/** A request that passed through the proxy. */
export interface SentRequest {
  path: string
  body: string
}

/** A proxy in front of OpenSearch that can be cut, and that records its requests. */
export class EngineProxy {
  url = ''
  state: State = 'open'
  readonly sent: SentRequest[] = []
  /** The number of connections, including refused ones. */
  connections = 0
  readonly #target: URL
  readonly #server: Server

  constructor(to: string) {
    this.#target = new URL(to)
    this.#server = createServer((incoming, response) => {
      this.#forward(incoming, response).catch(() => incoming.socket.destroy())
    })
    this.#server.on('connection', (socket: Socket) => {
      this.connections += 1
      if (this.state === 'cut') socket.destroy()
    })
  }

  async open(): Promise<this> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    const address = this.#server.address()
    if (address !== null && typeof address !== 'string') this.url = `http://127.0.0.1:${address.port}`
    return this
  }

  /** Breaks open connections and refuses new ones. */
  cut(): void {
    this.state = 'cut'
    this.#server.closeAllConnections()
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }

  async #forward(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = Buffer.concat(await incoming.toArray())
    this.sent.push({ path: incoming.url ?? '', body: body.toString() })
    if (this.state === 'cut') return void incoming.socket.destroy()
    if (this.state === 'silent') return
    const { hostname, port } = this.#target
    const { host: _, ...headers } = incoming.headers
    const outgoing = request({ hostname, port, path: incoming.url, method: incoming.method, headers })
    outgoing.end(body)
    const [upstream] = (await once(outgoing, 'response')) as [IncomingMessage]
    response.writeHead(upstream.statusCode ?? 500, upstream.headers)
    if (this.state !== 'stalled') return void upstream.pipe(response)
    const [chunk] = (await once(upstream, 'data')) as [Buffer]
    upstream.destroy()
    response.write(chunk.subarray(0, 10))
  }
}

import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/**
 * `open`: everything gets through. `cut`: connections break. `silent`: requests are taken and never answered. `stalled`: the answer stops
 * after its first bytes.
 */
type State = 'open' | 'cut' | 'silent' | 'stalled'

/** A request that came by. */
export interface Sent {
  path: string
  body: string
}

/** A way to an OpenSearch that can be cut, and that remembers what went along it. */
export class Way {
  url = ''
  state: State = 'open'
  readonly sent: Sent[] = []
  /** Connections that were tried. */
  connections = 0
  readonly #to: URL
  readonly #server: Server

  constructor(to: string) {
    this.#to = new URL(to)
    this.#server = createServer((asked, answer) => {
      this.#pass(asked, answer).catch(() => asked.socket.destroy())
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

  /** Breaks what is connected, and all that connects from now on. */
  cut(): void {
    this.state = 'cut'
    this.#server.closeAllConnections()
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }

  async #pass(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const body = Buffer.concat(await asked.toArray())
    this.sent.push({ path: asked.url ?? '', body: body.toString() })
    if (this.state === 'cut') return void asked.socket.destroy()
    if (this.state === 'silent') return
    const { hostname, port } = this.#to
    const { host: _, ...headers } = asked.headers
    const onward = request({ hostname, port, path: asked.url, method: asked.method, headers })
    onward.end(body)
    const [given] = (await once(onward, 'response')) as [IncomingMessage]
    answer.writeHead(given.statusCode ?? 500, given.headers)
    if (this.state !== 'stalled') return void given.pipe(answer)
    const [first] = (await once(given, 'data')) as [Buffer]
    given.destroy()
    answer.write(first.subarray(0, 10))
  }
}

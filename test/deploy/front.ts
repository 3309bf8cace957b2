import { once } from 'node:events'
import { createServer, request, type Server } from 'node:http'

/** So many requests go to the emulator at once: it starts a process for each, and a machine has few processors. */
const AT_ONCE = 6

/** Stands for the name of an API of API Gateway, which no resolver of this machine knows: an address of its own. */
export class Front {
  readonly url: string
  readonly #server: Server

  private constructor(url: string, server: Server) {
    this.url = url
    this.#server = server
  }

  /** @param host the API's name as the emulator knows it */
  static async start(emulator: number, host: string, stage: string): Promise<Front> {
    const waiting: (() => void)[] = []
    let under = 0
    const server = createServer((came, answer) => {
      const begin = () => {
        under++
        answer.once('close', () => {
          under--
          waiting.shift()?.()
        })
        const { method, url: path, headers } = came
        const sent = request({ host: '127.0.0.1', port: emulator, method, path, headers: { ...headers, host } })
        sent.on('response', got => {
          answer.writeHead(got.statusCode ?? 502, got.headers)
          got.pipe(answer)
        })
        sent.on('error', error => answer.destroy(error))
        came.pipe(sent)
      }
      if (under < AT_ONCE) begin()
      else waiting.push(begin)
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    return new Front(`http://127.0.0.1:${port}/${stage}`, server)
  }

  stop(): void {
    this.#server.close()
    this.#server.closeAllConnections()
  }
}

import { once } from 'node:events'
import { createServer, request, type Server } from 'node:http'

/** So many requests go to the emulator at once: it starts a process for each, and a machine has few processors. */
const MAX_CONCURRENCY = 6

/** Stands for the name of an API of API Gateway, which no resolver of this machine knows: an address of its own. */
export class ThrottlingProxy {
  readonly url: string
  readonly #server: Server

  private constructor(url: string, server: Server) {
    this.url = url
    this.#server = server
  }

  /** @param host the API's name as the emulator knows it */
  static async start(emulator: number, host: string, stage: string): Promise<ThrottlingProxy> {
    const waiting: (() => void)[] = []
    let running = 0
    const server = createServer((incoming, outgoing) => {
      const forward = () => {
        running++
        outgoing.once('close', () => {
          running--
          waiting.shift()?.()
        })
        const { method, url: path, headers } = incoming
        const upstream = request({ host: '127.0.0.1', port: emulator, method, path, headers: { ...headers, host } })
        upstream.on('response', upstreamResponse => {
          outgoing.writeHead(upstreamResponse.statusCode ?? 502, upstreamResponse.headers)
          upstreamResponse.pipe(outgoing)
        })
        upstream.on('error', error => outgoing.destroy(error))
        incoming.pipe(upstream)
      }
      if (running < MAX_CONCURRENCY) forward()
      else waiting.push(forward)
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    return new ThrottlingProxy(`http://127.0.0.1:${port}/${stage}`, server)
  }

  stop(): void {
    this.#server.close()
    this.#server.closeAllConnections()
  }
}

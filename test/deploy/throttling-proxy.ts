import { once } from 'node:events'
import { createServer, request, type Server } from 'node:http'

/** The number of concurrent requests to the emulator, which starts a process for each. */
const MAX_CONCURRENCY = 6

/** A proxy at a loopback address for an API Gateway host name that cannot be resolved. */
export class ThrottlingProxy {
  readonly url: string
  readonly #server: Server

  private constructor(url: string, server: Server) {
    this.url = url
    this.#server = server
  }

  /** @param host the API's name in the emulator */
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

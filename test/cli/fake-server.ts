import { once } from 'node:events'
import { createServer } from 'node:http'
import { freePorts } from '../e2e/free-ports.ts'

export interface FakeServer extends AsyncDisposable {
  url: string
  /** The received requests, as path and body. */
  requests: string[]
}

/** Starts a server that returns these responses in order, whatever the request. */
export async function startFakeServer(responses: readonly unknown[]): Promise<FakeServer> {
  const requests: string[] = []
  const port = await freePorts()
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    requests.push(`${request.url} ${Buffer.concat(chunks)}`)
    response.writeHead(200, { 'Content-Type': 'application/json' })
    response.end(JSON.stringify(responses[requests.length - 1] ?? {}))
  }).listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

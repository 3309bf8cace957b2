import { once } from 'node:events'
import { createServer } from 'node:http'
import { freePort } from '#local/free-port.ts'

export interface Answering extends AsyncDisposable {
  url: string
  /** What was asked: the path and the body, one after the other. */
  asked: string[]
}

/** A server that gives these answers, one after the other, whatever it is asked. */
export async function answering(answers: readonly unknown[]): Promise<Answering> {
  const asked: string[] = []
  const port = await freePort()
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    asked.push(`${request.url} ${Buffer.concat(chunks)}`)
    response.writeHead(200, { 'Content-Type': 'application/json' })
    response.end(JSON.stringify(answers[asked.length - 1] ?? {}))
  }).listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
